# tools/mnist on a short stretch: a row of the log for each iteration, a line of the table for each remedy.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
include(${SOURCE}/tools/data/real_data.cmake)

find_real_data(data)
if(NOT EXISTS ${data}/mnist)
  message("skipped: there is no ${data}/mnist")
  return()
endif()

fails("has no train-images-idx3-ubyte" ${SOURCE}/tools/mnist --data ${FOLDER} --bin ${BIN} --out ${FOLDER})
fails("--iteration is not an option" ${SOURCE}/tools/mnist --iteration 3)
succeeds(${SOURCE}/tools/mnist --data ${data}/mnist --bin ${BIN} --out ${FOLDER} --iterations 50 --samples 200)
string(REGEX MATCHALL "(plain|l2|dropout|early_stopping|shifts|all) +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +-?[0-9.]+" rows
  "${OUTPUT}")
list(LENGTH rows count)
file(STRINGS ${FOLDER}/plain.csv log)
list(LENGTH log iterations)
if(NOT count EQUAL 11 OR NOT iterations EQUAL 51)
  message(FATAL_ERROR "${count} lines, ${iterations} rows\n${OUTPUT}")
endif()
file(REMOVE_RECURSE ${FOLDER})
