# The keyword model, which pads SAME in time in every layer, two frames at a time: the outputs of the reference on each of its
# windows, and what it computes and keeps, printed and in the header; of the folder that NN_GOLDEN names or of ../shared/golden.
# Where the folder is not, the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
models_of_others(golden NN_GOLDEN golden)
set(model ${golden}/kws_int8)
if(NOT EXISTS ${model}/model.tflite)
  message("skipped: there is no ${model}")
  return()
endif()

succeeds(${BIN}/import ${model}/model.tflite --stream 2 --inputs ${model}/inputs.bin --outputs ${model}/outputs.bin
  ${few_cases})
if(NOT OUTPUT MATCHES "\n0 of (384 numbers of 32|24 numbers of 2) cases differ\n" OR CASES AND CMAKE_MATCH_1 MATCHES "384")
  message(FATAL_ERROR "expected the outputs of the reference\n${OUTPUT}")
endif()
succeeds(${BIN}/import ${model}/model.tflite --name kws --stream 2 --out ${FOLDER}/kws.hpp)
file(READ ${FOLDER}/kws.hpp header)
foreach(line IN ITEMS "total +40490 +1105408 +2656768"
  "2 of 49 frames at a time. 998400 of 1105408 MACs are for the edges of the window")
  if(NOT OUTPUT MATCHES "kws: ${line}\n" OR NOT header MATCHES "\n// ${line}\n")
    message(FATAL_ERROR "expected \"${line}\"\n${OUTPUT}")
  endif()
endforeach()
fails("conv_2d_0: has a stride of 2 frames, where 1 of its input are new each time; expected --stream with a multiple of 2"
  ${BIN}/import ${model}/model.tflite --name kws --stream --out ${FOLDER}/kws1.hpp)
