# nn_train_tool(NAME digits MODEL firmware/digits/model.hpp [NETWORK digits::Net])
#
# makes train_<NAME>, which trains the network of a model.hpp (train_<NAME> --help). MODEL is a path as an #include will
# name it, from the project's folder; NETWORK is the type in it, <NAME>::Net unless stated.
set(ganglion_train_folder ${CMAKE_CURRENT_LIST_DIR})

function(nn_train_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "" "NAME;MODEL;NETWORK" "")
  if(NOT tool_NETWORK)
    set(tool_NETWORK ${tool_NAME}::Net)
  endif()
  set(main ${CMAKE_CURRENT_BINARY_DIR}/train_${tool_NAME}.cpp)
  configure_file(${ganglion_train_folder}/main.cpp.in ${main} @ONLY)
  add_executable(train_${tool_NAME} ${main})
  target_include_directories(train_${tool_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(train_${tool_NAME} PRIVATE ganglion::nn ganglion_data ganglion_report)
  if(TARGET ganglion_warnings)
    target_link_libraries(train_${tool_NAME} PRIVATE ganglion_warnings)
  endif()
endfunction()
