# What the importer says that it removed, on its output and in the header, of a model of the folder that NN_GOLDEN names or of
# ../shared/golden. Where the folder is not, the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
models_of_others(golden NN_GOLDEN golden)
set(model ${golden}/models/hello_world_int8)
if(NOT EXISTS ${model}/model.tflite)
  message("skipped: there is no ${model}")
  return()
endif()

set(sentences "constant whatever the input: 4 of 33 outputs of fully connected layers"
  "removed, as they cannot change the output: 4 channels" "76 % of the multiplications and 76 % of the weights remain")
succeeds(${BIN}/import ${model}/model.tflite --name hello --out hello.hpp)
file(READ ${FOLDER}/hello.hpp header)
foreach(sentence IN LISTS sentences)
  if(NOT OUTPUT MATCHES "hello: ${sentence}\n" OR NOT header MATCHES "\n// ${sentence}\n")
    message(FATAL_ERROR "expected \"${sentence}\"\n${OUTPUT}")
  endif()
endforeach()

# Left as they are: the same answer.
succeeds(${BIN}/import ${model}/model.tflite --name hello --out whole.hpp --constants keep)
file(READ ${FOLDER}/whole.hpp whole)
if(OUTPUT OR whole MATCHES "constant whatever")
  message(FATAL_ERROR "expected nothing to be removed\n${OUTPUT}")
endif()
foreach(text header whole)
  string(REGEX MATCH "answer_0[^;]*;" ${text}_answer "${${text}}")
endforeach()
if(NOT header_answer OR NOT header_answer STREQUAL whole_answer)
  message(FATAL_ERROR "expected equal answers: ${header_answer} ${whole_answer}")
endif()
fails("--constants is \"some\"" ${BIN}/import ${model}/model.tflite --out some.hpp --constants some)
