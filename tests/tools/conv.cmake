# A convolutional network (conv.hpp) on MNIST, in float, to IMAGE if that is given, and in 16 bits: a tenth of the images;
# -DLONG=1 for 10 epochs, which take some minutes:
#   cmake -DBIN=$PWD/build/host/bin -DSOURCE=$PWD -DFOLDER=/tmp/conv -DLONG=1 -P tests/tools/conv.cmake
# Where the data are not (data.cmake), the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(SET mnist)
include(${CMAKE_CURRENT_LIST_DIR}/data.cmake)
if(DATA_MISSING)
  return()
endif()

if(LONG)
  set(options --epochs 10 --rate 0.01 --schedule cosine --shift 1)
  set(least 9880)
  set(most_apart 30)
else()
  set(options --count 6000 --epochs 1 --rate 0.02 --schedule cosine)
  set(least 9500)
  set(most_apart 80)
endif()

# In hundredths of a per cent, since CMake has whole numbers only.
function(accuracy program)
  succeeds(${BIN}/train_${program} ${FILES} --batch 1 --seed 1 --quiet ${options} ${ARGN})
  string(REGEX MATCH "test .*accuracy ([0-9]+)\\.([0-9][0-9])" line "${OUTPUT}")
  message("${program}: ${CMAKE_MATCH_1}.${CMAKE_MATCH_2} % of the test data")
  set(${program} ${CMAKE_MATCH_1}${CMAKE_MATCH_2} PARENT_SCOPE)
endfunction()
if(IMAGE)
  accuracy(conv --image ${IMAGE})
else()
  accuracy(conv)
endif()
accuracy(conv16)
math(EXPR apart "${conv} - ${conv16}")
if(conv LESS least OR apart GREATER most_apart)
  message(FATAL_ERROR "expected at least ${least} hundredths of a per cent in float, and at most ${most_apart} fewer in 16 bits")
endif()
file(REMOVE_RECURSE ${FOLDER})
