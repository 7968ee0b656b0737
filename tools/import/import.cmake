# nn_add_tflite(<target> FILE model.tflite NAME kws [KEEP_INPUT] [UNTIL <tensor>] [ROUNDING float32] [STREAM <frames>] [ARGUMENTS
# …]) nn_add_onnx(<target> FILE model.onnx NAME kws [KEEP_INPUT] [UNTIL <tensor>] [STREAM <frames>] [ARGUMENTS …])
# either with TRAINABLE [LAST softmax|sigmoid] in place of KEEP_INPUT, ROUNDING and STREAM
#
# lets <target> include kws.hpp: the model as the type kws::Net, with its constants. The header is made when the target is
# built, and again when the model changes. Running the model overwrites its input: fill it before each run; or, with KEEP_INPUT,
# it stays, and takes memory of its own, which the model's plan shows. UNTIL: the model ends with this tensor, by its name or
# number, as the body of a network of one's own. TRAINABLE: kws::Net is an nn::Network that learns, from kws::parameters, with its
# images channels last; LAST: with such a layer behind it, which PyTorch leaves to its loss. ROUNDING float32: codes as LiteRT
# with XNNPACK has them on a desktop. STREAM: the model takes so many new frames along its input's first axis, and answers as the
# whole one does on the last window. ARGUMENTS: further ones of the importer (import --help).
function(nn_add_tflite target)
  nn_add_model(nn_add_tflite .tflite ${target} ${ARGN})
endfunction()

function(nn_add_onnx target)
  nn_add_model(nn_add_onnx .onnx ${target} ${ARGN})
endfunction()

function(nn_add_model caller ending target)
  cmake_parse_arguments(PARSE_ARGV 3 model "KEEP_INPUT;TRAINABLE" "FILE;NAME;UNTIL;ROUNDING;LAST;STREAM" ARGUMENTS)
  if(NOT model_FILE OR NOT model_NAME)
    message(FATAL_ERROR "${caller}: expected FILE with a ${ending} model and NAME with the namespace of its header")
  endif()
  if(model_KEEP_INPUT)
    list(APPEND model_ARGUMENTS --keep-input)
  endif()
  if(model_TRAINABLE)
    list(APPEND model_ARGUMENTS --trainable)
  endif()
  if(DEFINED model_LAST)
    list(APPEND model_ARGUMENTS --last ${model_LAST})
  endif()
  if(DEFINED model_UNTIL)
    list(APPEND model_ARGUMENTS --until ${model_UNTIL})
  endif()
  if(DEFINED model_ROUNDING)
    list(APPEND model_ARGUMENTS --rounding ${model_ROUNDING})
  endif()
  if(DEFINED model_STREAM)
    list(APPEND model_ARGUMENTS --stream ${model_STREAM})
  endif()
  cmake_path(ABSOLUTE_PATH model_FILE BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/imported)
  file(MAKE_DIRECTORY ${folder})
  nn_host_tool(import import)
  add_custom_command(OUTPUT ${folder}/${model_NAME}.hpp VERBATIM
    COMMAND ${import} ${model_FILE} --name ${model_NAME} --out ${folder}/${model_NAME}.hpp ${model_ARGUMENTS}
    DEPENDS ${model_FILE} ${import}
    COMMENT "Importing ${model_NAME}")
  if(TARGET host_tool_import)
    add_dependencies(${target} host_tool_import)
  endif()
  target_sources(${target} PRIVATE ${folder}/${model_NAME}.hpp)
  target_include_directories(${target} PRIVATE ${folder})
  # The compiler plans the memory; of hundreds of operators, it must be allowed to take its time.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fconstexpr-ops-limit=1000000000>
    $<$<CXX_COMPILER_ID:Clang>:-fconstexpr-steps=100000000>)
endfunction()
