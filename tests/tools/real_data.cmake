# Accuracy on real data, the mean over seeds 1, 2 and 3; -DSET=optdigits or mnist, and -DLONG=1 for 20 epochs of MNIST instead
# of 500 iterations.
#   cmake -DBIN=$PWD/build/host/bin -DSOURCE=$PWD -DFOLDER=/tmp/mnist -DSET=mnist -DLONG=1 -P tests/tools/real_data.cmake
# Where the data are not (data.cmake), the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/data.cmake)
if(DATA_MISSING)
  return()
endif()

if(SET STREQUAL optdigits)
  set(command ${BIN}/train_digits ${FILES} --batch 1 --epochs 30 --rate 0.05 --schedule cosine)
  set(least 96)
else()
  if(LONG)
    set(command ${BIN}/train_mnist ${FILES} --batch 32 --epochs 20 --rate 0.1 --schedule cosine --shift 1)
    set(least 98)
  else()
    set(command ${BIN}/train_mnist ${FILES} --batch 100 --iterations 500 --rate 0.5)
    set(least 95)
  endif()
endif()

# In hundredths of a per cent, since CMake has whole numbers only.
set(sum 0)
foreach(seed 1 2 3)
  succeeds(${command} --seed ${seed} --quiet)
  string(REGEX MATCH "test .*accuracy ([0-9]+)\\.([0-9][0-9])" line "${OUTPUT}")
  message("seed ${seed}: ${CMAKE_MATCH_1}.${CMAKE_MATCH_2} %")
  math(EXPR sum "${sum} + ${CMAKE_MATCH_1}${CMAKE_MATCH_2}")
endforeach()
math(EXPR whole "${sum} / 300")
math(EXPR part "${sum} % 300 * 1000 / 300 + 1000")
string(SUBSTRING ${part} 1 3 part)
message("mean of three seeds: ${whole}.${part} % of the test data; at least ${least} is expected")
if(${whole}.${part} LESS least)
  message(FATAL_ERROR "too few")
endif()
file(REMOVE_RECURSE ${FOLDER})
