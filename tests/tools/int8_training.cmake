# What training through the rounding of int8 wins back of what int8 loses, on real data: a depthwise network where that is a point
# and more. Prints the test accuracy of each seed and the means; after 5 epochs, or -DSEEDS="1;2;3;4;5" after 10, for those of
# tools/train/README.md:
#   cmake --build --preset host --target train_depthwise quantize_depthwise
#   cmake -DBIN=$PWD/build/host/bin -DSOURCE=$PWD -DFOLDER=/tmp/int8_training -DSEEDS="1;2;3;4;5" \
#         -P tests/tools/int8_training.cmake
# Where the data are not (data.cmake), the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(SET optdigits)
include(${CMAKE_CURRENT_LIST_DIR}/data.cmake)
if(DATA_MISSING)
  return()
endif()
set(epochs 10)
set(least 9300)
if(NOT SEEDS)
  set(SEEDS 2)
  set(epochs 5)
  set(least 9100)
endif()

set(train ${BIN}/train_depthwise --train ${data}/optdigits.tra --normalize standard --optimizer momentum --rate 0.1
  --schedule cosine --epochs ${epochs} --quiet)
# In hundredths of a per cent, since CMake has whole numbers only.
set(sum_float 0)
set(sum_after 0)
set(sum_aware 0)
foreach(seed IN LISTS SEEDS)
  set(line "seed ${seed}:")
  foreach(kind after aware)
    set(options)
    if(kind STREQUAL aware)
      set(options --quantize int8)
    endif()
    succeeds(${train} --seed ${seed} --image ${kind}.image ${options})
    succeeds(${BIN}/quantize_depthwise --image ${kind}.image --calibration ${data}/optdigits.tra ${TEST})
    if(NOT OUTPUT MATCHES "([0-9]+)\\.([0-9][0-9]) % in float, ([0-9]+)\\.([0-9][0-9]) % in int8")
      message(FATAL_ERROR "${OUTPUT}")
    endif()
    if(kind STREQUAL after)
      math(EXPR sum_float "${sum_float} + ${CMAKE_MATCH_1}${CMAKE_MATCH_2}")
      string(APPEND line " float ${CMAKE_MATCH_1}.${CMAKE_MATCH_2} %,")
    endif()
    math(EXPR sum_${kind} "${sum_${kind}} + ${CMAKE_MATCH_3}${CMAKE_MATCH_4}")
    string(APPEND line " int8 ${kind} ${CMAKE_MATCH_3}.${CMAKE_MATCH_4} %")
  endforeach()
  message("${line}")
endforeach()

list(LENGTH SEEDS count)
math(EXPR lost "(${sum_float} - ${sum_after}) / ${count}")
math(EXPR won "(${sum_aware} - ${sum_after}) / ${count}")
math(EXPR float "${sum_float} / ${count}")
message("mean of ${count} seeds, in hundredths of a point: float ${float}, int8 afterwards loses ${lost}, of which training \
through its rounding wins back ${won}")
math(EXPR twice "2 * ${won}")
if(float LESS ${least} OR lost LESS 100 OR twice LESS lost)
  message(FATAL_ERROR "expected to lose a point and more, and half of it to be won back")
endif()
