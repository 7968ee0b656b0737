# An outside project imports a model with nn_add_tflite; when the model has changed, a build has the new
# header, and else none is made.
include(${CMAKE_CURRENT_LIST_DIR}/../tools/run.cmake)
set(header ${FOLDER}/build/imported/model.hpp)
succeeds(${BIN}/make_corpus .)
file(RENAME ${FOLDER}/chain ${FOLDER}/model.tflite)
succeeds(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/imports -B build -G ${GENERATOR} -DMODEL=${FOLDER}/model.tflite
  -DGANGLION_SOURCE=${SOURCE} -DGANGLION_HOST_TOOLS=${BIN} -DCMAKE_CXX_COMPILER=${COMPILER})
succeeds(${CMAKE_COMMAND} --build build)
succeeds(build/consumer)
file(READ ${header} before)
file(TIMESTAMP ${header} made "%s")

execute_process(COMMAND ${CMAKE_COMMAND} -E sleep 1)
succeeds(${CMAKE_COMMAND} --build build)
file(TIMESTAMP ${header} kept "%s")
file(RENAME ${FOLDER}/gated ${FOLDER}/model.tflite)
execute_process(COMMAND ${CMAKE_COMMAND} -E touch ${FOLDER}/model.tflite)
succeeds(${CMAKE_COMMAND} --build build)
succeeds(build/consumer)
file(READ ${header} after)
if(NOT made EQUAL kept OR after STREQUAL before OR NOT after MATCHES "nn::int16::Logistic")
  message(FATAL_ERROR "expected the header to change with the model, and only then")
endif()

# What cannot be imported stops the build with the importer's sentence.
file(RENAME ${FOLDER}/mixed ${FOLDER}/model.tflite)
execute_process(COMMAND ${CMAKE_COMMAND} -E touch ${FOLDER}/model.tflite)
run(${CMAKE_COMMAND} --build build)
if(STATUS EQUAL 0 OR NOT "${OUTPUT}${MESSAGE}" MATCHES "CUMSUM: is not supported")
  message(FATAL_ERROR "expected a build that fails\n${OUTPUT}${MESSAGE}")
endif()
