# nn_add_model_tool(<program> <main.cpp.in>)
#
# A host program of one network: for a function that has parsed NAME, MODEL, NETWORK, LOSS and FRONT_END with the prefix tool.
# MODEL is a path as an #include will name it, from the project's folder; NETWORK is the type in it, <NAME>::Net unless stated;
# LOSS is the one that the last layer asks for unless stated: cross-entropy after Softmax, binary after Sigmoid, else the mean
# squared error. FRONT_END makes features of sounds; unless stated it is FrontEnd in the namespace of NETWORK, if MODEL has one
# (tools/model/front_end.hpp). In a board's build it does nothing: there nn_host_tool finds the program.
include(${CMAKE_CURRENT_LIST_DIR}/../../targets/joined.cmake)

function(nn_add_model_tool program main)
  if(NOT tool_NAME OR NOT tool_MODEL OR tool_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${program}: expected NAME and MODEL, and perhaps NETWORK and LOSS")
  endif()
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${tool_MODEL})
    message(FATAL_ERROR
      "${program}: there is no ${PROJECT_SOURCE_DIR}/${tool_MODEL}; expected MODEL as a path from the project's folder")
  endif()
  if(CMAKE_CROSSCOMPILING)
    return()
  endif()
  if(NOT tool_NETWORK)
    set(tool_NETWORK ${tool_NAME}::Net)
  endif()
  if(NOT tool_LOSS)
    set(tool_LOSS tools::UsualLoss<${tool_NETWORK}>)
  endif()
  set(tool_WITHOUT_FRONT_END "")
  if(NOT tool_FRONT_END)
    set(tool_FRONT_END tools::no_front_end::FrontEnd)
    string(REGEX REPLACE "::As<.*" "" network ${tool_NETWORK})
    if(network MATCHES "^([A-Za-z_0-9:]+)::[A-Za-z_0-9]+$")
      set(namespace ${CMAKE_MATCH_1})
      file(STRINGS ${PROJECT_SOURCE_DIR}/${tool_MODEL} opened REGEX "namespace ${namespace}[ {]")
      if(opened)
        set(tool_FRONT_END ${namespace}::FrontEnd)
        set(tool_WITHOUT_FRONT_END
          "\nnamespace ${namespace} {\nusing namespace tools::no_front_end;  // unless it has a FrontEnd of its own\n}\n")
      endif()
    endif()
  endif()
  nn_add_libraries(data report model train)
  find_package(Threads REQUIRED)
  configure_file(${main} ${CMAKE_CURRENT_BINARY_DIR}/${program}.cpp @ONLY)
  add_executable(${program} ${CMAKE_CURRENT_BINARY_DIR}/${program}.cpp)
  target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${program} PRIVATE ganglion::nn ganglion_model ganglion_train
    $<TARGET_NAME_IF_EXISTS:ganglion_warnings>)
endfunction()

# Libraries of tools/, which an outside project has none of yet: compiled in few pieces.
function(nn_add_libraries)
  foreach(part IN LISTS ARGN)
    if(NOT TARGET ganglion_${part})
      add_subdirectory(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../${part} ${PROJECT_BINARY_DIR}/ganglion_${part} EXCLUDE_FROM_ALL)
      set(library ganglion_${part})
      if(TARGET ${library}_archive)
        set(library ${library}_archive)
      endif()
      nn_join_sources(${library})
    endif()
  endforeach()
endfunction()

# What brings a network to int8, for such a program.
function(nn_link_quantizer program)
  if(CMAKE_CROSSCOMPILING)
    return()
  endif()
  nn_add_libraries(tflite import quantize)
  target_link_libraries(${program} PRIVATE ganglion_quantize)
endfunction()

# What reads and writes weights as PyTorch has them, for such a program.
function(nn_link_pytorch program)
  if(CMAKE_CROSSCOMPILING)
    return()
  endif()
  nn_add_libraries(safetensors pytorch)
  target_link_libraries(${program} PRIVATE ganglion_pytorch)
endfunction()

# What writes networks as graphs of ONNX, for such a program.
function(nn_link_onnx program)
  nn_link_pytorch(${program})
  if(CMAKE_CROSSCOMPILING)
    return()
  endif()
  nn_add_libraries(export)
  target_link_libraries(${program} PRIVATE ganglion_export)
endfunction()
