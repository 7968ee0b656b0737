# Drawn digits: one seed, one file, another seed another; too hard for a linear classifier, not for 64-32-10.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/draw_digits --train train.csv --test test.csv)
succeeds(${BIN}/draw_digits --train again.csv --test test_again.csv --seed 1)
same(train.csv again.csv)
same(test.csv test_again.csv)
succeeds(${BIN}/draw_digits --train other.csv --seed 2)
different(train.csv other.csv)
# The same from every compiler and on every machine.
file(SHA256 ${FOLDER}/test.csv test)
if(NOT test STREQUAL "b4a6a870e7a041ba1ce9d9d710f7137f94673e7c2be8dee2871b460d63aeb738")
  message(FATAL_ERROR "test.csv has the hash ${test}")
endif()

succeeds(${BIN}/draw_digits --test-images images --test-labels labels --test-count 10)
file(SIZE ${FOLDER}/images size)
if(NOT size EQUAL 7856) # 16 + 10·28·28
  message(FATAL_ERROR "ten images take ${size} bytes")
endif()

fails("nothing to write" ${BIN}/draw_digits)
fails("go together" ${BIN}/draw_digits --train-images images)
fails("go together" ${BIN}/draw_digits --train whole.csv --train-count 9 --test-images images)
fails("whole.csv: would be written over" ${BIN}/draw_digits --train whole.csv --train-count 9 --test whole.csv)
if(EXISTS ${FOLDER}/whole.csv)
  message(FATAL_ERROR "a part of what was asked for was written")
endif()
succeeds(sh -c "${BIN}/draw_digits --train /dev/stdout --train-count 2 | cat")  # a pipe
if(NOT OUTPUT MATCHES "^([0-9]+,)+[0-9]\n([0-9]+,)+[0-9]\n$")
  message(FATAL_ERROR "${OUTPUT}${MESSAGE}")
endif()
fails("whole number" ${BIN}/draw_digits --train train.csv --train-count 1.5)
fails("cannot be written" ${BIN}/draw_digits --train missing/train.csv --train-count 1)

foreach(net linear digits)
  succeeds(${BIN}/train_${net} --train train.csv --test test.csv --epochs 30 --batch 16 --schedule cosine --quiet)
  string(REGEX MATCH "test +1000 samples[^%]*accuracy ([0-9.]+)" line "${OUTPUT}")
  set(${net} ${CMAKE_MATCH_1})
endforeach()
message("accuracy on drawn test digits: linear ${linear} %, 64-32-10 ${digits} %")
if(linear GREATER_EQUAL 92 OR digits LESS 96)
  message(FATAL_ERROR "expected less than 92 % and at least 96 %")
endif()
