# int8 against float on real data, -DSET=optdigits or mnist: for each network the test accuracy in float, and in int8 with the
# whole ranges and with percentiles, of weights trained in float from seed 1. Those of MNIST are the images that tools.mnist and
# tools.conv left in TRAINED, each with one range; -DLONG=1 trains them, the convolutional one for 10 epochs, which take some
# minutes:
#   cmake -DBIN=$PWD/build/host/bin -DSOURCE=$PWD -DFOLDER=/tmp/int8 -DSET=mnist -DLONG=1 -P tests/tools/quantize_data.cmake
# Where the data are not (data.cmake), the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/data.cmake)
if(DATA_MISSING)
  return()
endif()

set(ranges minmax "percentile --percentile 99.9" "percentile --percentile 99.99")
if(SET STREQUAL optdigits)
  set(nets digits digits_conv)
  set(training_digits --batch 1 --epochs 30 --rate 0.05)
  set(training_digits_conv --batch 1 --epochs 8 --rate 0.02)
else()
  set(nets mnist conv)
  set(training_mnist --batch 32 --epochs 3 --rate 0.1)
  set(training_conv --batch 1 --epochs 10 --rate 0.01 --shift 1)
endif()
string(REPLACE "--train" "--calibration" data "${FILES}")

# In hundredths of a per cent, since CMake has whole numbers only.
foreach(net IN LISTS nets)
  set(image float.image)
  if(TRAINED)
    set(image ${TRAINED}/${net}.image)
    list(POP_FRONT ranges chosen)
  else()
    succeeds(${BIN}/train_${net} ${FILES} ${training_${net}} --schedule cosine --seed 1 --quiet --image ${image})
    set(chosen ${ranges})
  endif()
  foreach(range IN LISTS chosen)
    separate_arguments(options UNIX_COMMAND ${range})
    succeeds(${BIN}/quantize_${net} --image ${image} ${data} --range ${options})
    string(REGEX MATCH "accuracy.*" end "${OUTPUT}")
    if(NOT OUTPUT MATCHES "([0-9]+)\\.([0-9][0-9]) % in float, ([0-9]+)\\.([0-9][0-9]) % in int8; ([0-9]+) decisions differ")
      message(FATAL_ERROR "${OUTPUT}")
    endif()
    message("${SET}, ${net}, ${range}: ${end}")
    math(EXPR lost "${CMAKE_MATCH_1}${CMAKE_MATCH_2} - ${CMAKE_MATCH_3}${CMAKE_MATCH_4}")
    if(lost GREATER 30)
      message(FATAL_ERROR "more than 0.3 points are lost")
    endif()
  endforeach()
endforeach()
file(REMOVE_RECURSE ${FOLDER})
