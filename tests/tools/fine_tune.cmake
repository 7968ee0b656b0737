# A network that was imported is one like any other: train --start goes on from its image, with the first layers frozen; what it
# learnt is quantized to int8 and exported to 16 bits. Digits on their head, of which the desktop saw none.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/import ${ONNX} --trainable --last softmax --scale 0.0625 --name imported --out imported.hpp
  --image imported.image)
file(READ ${FOLDER}/imported.hpp header)
if(NOT header MATCHES
  "using Net = nn::Network<float, nn::Input<8, 8, 1>,\n *nn::Conv2d<8, 3, 3, nn::Same>, nn::Relu, nn::MaxPool2d<2, 2>,\n\
 *nn::Conv2d<16, 3, 3, nn::Same>")
  message(FATAL_ERROR "${header}")
endif()

# The digits that the network learnt, turned: optdigits where they are at hand, else drawn ones.
include(${SOURCE}/tools/data/real_data.cmake)
find_real_data(data)
if(EXISTS ${data}/optdigits/optdigits.tra)
  set(files ${data}/optdigits/optdigits.tra ${data}/optdigits/optdigits.tes)
else()
  succeeds(${BIN}/draw_digits --train upright.csv --test upright_test.csv)
  set(files ${FOLDER}/upright.csv ${FOLDER}/upright_test.csv)
endif()
function(turn from to rows)
  file(STRINGS ${from} lines LIMIT_COUNT ${rows})
  set(turned "")
  foreach(line IN LISTS lines)
    string(REPLACE "," ";" numbers "${line}")
    list(POP_BACK numbers label)
    list(REVERSE numbers)
    list(JOIN numbers "," numbers)
    string(APPEND turned "${numbers},${label}\n")
  endforeach()
  file(WRITE ${FOLDER}/${to} "${turned}")
endfunction()
list(GET files 0 training)
list(GET files 1 test)
turn(${training} train.csv 500)
turn(${test} test.csv 500)

# Before: no step. After: all but the first convolution has learnt.
set(train ${BIN}/train_imported --train train.csv --test test.csv --start imported.image --batch 1 --quiet)
set(accuracy "test +500 samples [^\n]*accuracy ([0-9]+)\\.[0-9]+ %")
succeeds(${train} --freeze 9 --epochs 1)
string(REGEX MATCH "${accuracy}" before "${OUTPUT}")
set(percent_before ${CMAKE_MATCH_1})
succeeds(${train} --freeze 3 --epochs 4 --rate 0.02 --image learnt.image --out learnt.hpp)
string(REGEX MATCH "${accuracy}" after "${OUTPUT}")
set(percent_after ${CMAKE_MATCH_1})
message("imported    ${before}\nfine-tuned  ${after}")
if(NOT before OR NOT after OR percent_before GREATER 60 OR percent_after LESS 80)
  message(FATAL_ERROR "expected less than 60 % before, and 80 % or more after\n${OUTPUT}")
endif()

# To int8, and to 16 bits.
succeeds(${BIN}/quantize_imported --image learnt.image --calibration train.csv --test test.csv --range percentile --out int8.hpp)
string(REGEX MATCH "accuracy on 500 test samples: ([0-9]+)\\.[0-9]+ % in float, ([0-9]+)[^\n]*" line "${OUTPUT}")
message("int8        ${line}")
if(NOT line OR CMAKE_MATCH_2 LESS 78)
  message(FATAL_ERROR "${OUTPUT}")
endif()
succeeds(${BIN}/export_imported_fixed16 --image learnt.image --test test.csv --out fixed16.hpp)
string(REGEX MATCH "accuracy on 500 test samples: ([0-9]+)[^\n]*" line "${OUTPUT}")
message("16 bits     ${line}")
if(NOT line OR CMAKE_MATCH_1 LESS 80)
  message(FATAL_ERROR "${OUTPUT}")
endif()

# Options that a network that learns has not, and half of what is needed.
set(import ${BIN}/import ${ONNX} --trainable --name imported)
fails("--trainable and --rounding do not go together, since a network that learns is no graph" ${import} --out other.hpp
  --rounding float32)
fails("--trainable without --out; expected --out" ${import})
fails("--last relu; expected softmax or sigmoid" ${import} --out other.hpp --last relu)
fails("--image of a graph; expected --trainable" ${BIN}/import ${ONNX} --name graph --out other.hpp --image other.image)
if(EXISTS ${FOLDER}/other.hpp OR EXISTS ${FOLDER}/other.image)
  message(FATAL_ERROR "something was written of what was refused")
endif()
file(REMOVE_RECURSE ${FOLDER})
