# tools/mnist on a short stretch and few drawn digits: a row of the log for each iteration, a line of the table for each
# remedy.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
fails("has no train-images-idx3-ubyte" ${SOURCE}/tools/mnist --data ${FOLDER} --bin ${BIN} --out ${FOLDER})
fails("--iteration is not an option" ${SOURCE}/tools/mnist --iteration 3)
succeeds(${BIN}/draw_digits --train-images train-images-idx3-ubyte --train-labels train-labels-idx1-ubyte --train-count 1200
  --test-images t10k-images-idx3-ubyte --test-labels t10k-labels-idx1-ubyte --test-count 200)
succeeds(${SOURCE}/tools/mnist --data ${FOLDER} --bin ${BIN} --out ${FOLDER} --iterations 20 --samples 100)
string(REGEX MATCHALL "(plain|l2|dropout|early_stopping|shifts|all) +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +-?[0-9.]+" rows
  "${OUTPUT}")
list(LENGTH rows count)
file(STRINGS ${FOLDER}/plain.csv log)
list(LENGTH log iterations)
if(NOT count EQUAL 11 OR NOT iterations EQUAL 21)
  message(FATAL_ERROR "${count} lines, ${iterations} rows\n${OUTPUT}")
endif()
file(REMOVE_RECURSE ${FOLDER})
