# Nothing was learnt, or much was lost: one sentence with figures; with --strict status 1 and no results.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/drawn.cmake)

# A command warns with the pattern and status 0; with --strict it fails with it and writes nothing.
macro(warns pattern)
  file(REMOVE ${FOLDER}/result.hpp)
  succeeds(${ARGN} --out result.hpp)
  if(NOT OUTPUT MATCHES "warning: ${pattern}" OR NOT EXISTS ${FOLDER}/result.hpp)
    message(FATAL_ERROR "${ARGN}: no warning \"${pattern}\"\n${OUTPUT}")
  endif()
  file(REMOVE ${FOLDER}/result.hpp)
  fails("a warning with --strict: ${pattern}" ${ARGN} --out result.hpp --strict)
  if(EXISTS ${FOLDER}/result.hpp)
    message(FATAL_ERROR "${ARGN}: --strict wrote a header")
  endif()
endmacro()

draw(iris.csv 150 "" ${irises})
set(train ${BIN}/train_classes --train iris.csv --quiet)
succeeds(${train} --epochs 60 --batch 8 --strict --image good.image)

# Nothing can be learnt: all rows alike, one row, rows that are alike but of different classes, one class, frozen layers.
set(any ${BIN}/train_classes --quiet --train)
function(write_rows name)
  string(REPLACE ";" "\n" rows "${ARGN}")
  file(WRITE ${FOLDER}/${name} "${rows}\n")
endfunction()
function(warns_once pattern)
  warns("${pattern}" ${ARGN})
  if(OUTPUT MATCHES "warning:.*warning:" OR OUTPUT MATCHES "--rate")
    message(FATAL_ERROR "${ARGN}: \n${OUTPUT}")
  endif()
endfunction()
write_rows(flat.csv 5,5,5,5,a 5,5,5,5,b 5,5,5,5,c)
warns_once("all 3 rows to learn from have the same inputs, so that nothing can be learnt from these; give columns that differ"
           ${any} flat.csv)
write_rows(one.csv 5,4,3,2,a)
warns("there is one row to learn from; give more" ${any} one.csv)
write_rows(pairs.csv 1,2,3,4,a 1,2,3,4,b 4,3,2,1,a 4,3,2,1,c)
set(most "at most 50.00 % of the training data can be right, and 50.00 % are; give inputs that tell the classes apart")
warns_once("rows with the same inputs are of different classes, so that ${most}"
           ${any} pairs.csv --epochs 200 --batch 4 --rate 0.1)
write_rows(alike.csv 1,2,3,4,a 4,3,2,1,a)
warns_once("all training data are of one class" ${any} alike.csv)
write_rows(alike4.csv 1,2,3,4,a 4,3,2,1,a 2,2,3,4,a 4,3,3,1,a)
warns("--freeze 3 leaves no layer that learns; give a smaller number, or --start" ${any} iris.csv --freeze 3 --epochs 1)
succeeds(${any} iris.csv --freeze 4 --epochs 1 --start good.image --strict)
# Told of repeated trainings and of a search for a rate, too.
function(says_and_fails pattern)
  succeeds(${ARGN})
  if(NOT OUTPUT MATCHES "warning: ${pattern}")
    message(FATAL_ERROR "${ARGN}: no warning \"${pattern}\"\n${OUTPUT}")
  endif()
  fails("a warning with --strict: ${pattern}" ${ARGN} --strict)
endfunction()
says_and_fails("3 of 3 seeds, such as seed 1: all 3 rows to learn from have the same inputs" ${any} flat.csv --seeds 3)
write_rows(flat6.csv 5,5,5,5,a 5,5,5,5,b 5,5,5,5,a 5,5,5,5,b 5,5,5,5,a 5,5,5,5,b)
says_and_fails("3 of 3 folds, such as fold 1: all 4 rows to learn from" ${any} flat6.csv --folds 3)
says_and_fails("2 of 2 folds, such as fold 1: all training data are of one class" ${any} alike4.csv --folds 2)
says_and_fails("all 3 rows to learn from have the same inputs" ${BIN}/train_classes --quiet --train flat.csv --find-rate
  --plot rate.svg)
file(REMOVE ${FOLDER}/rate.svg)
fails("a warning with --strict" ${BIN}/train_classes --quiet --train flat.csv --find-rate --plot rate.svg --strict)
if(EXISTS ${FOLDER}/rate.svg)
  message(FATAL_ERROR "--strict wrote a plot")
endif()

# Chance; one class for everything; a loss that did not fall.
warns("the (network does no better than naming|network names class|loss did not fall)" ${train} --epochs 1 --rate 0)

# Ranges that differ by 1,000 and more under one scale for all.
draw(wide.csv 150 "a,b,c,d,kind\n" x 1 50000 300000 20 10 y 1 90000 400000 30 40)
file(STRINGS ${FOLDER}/wide.csv rows)
set(wide "")
foreach(row IN LISTS rows)
  string(REGEX REPLACE "^([0-9]+),([0-9]+)," "\\1000,\\2," row "${row}")
  string(APPEND wide "${row}\n")
endforeach()
file(WRITE ${FOLDER}/wide.csv "${wide}")
warns("column [34] ..[cd].. ranges over [0-9]+ and column 1 ..a.. over [0-9.e+]+, so that the first hardly counts\
.*--normalize standard" ${BIN}/train_classes --train wide.csv --quiet --normalize scale)
succeeds(${BIN}/train_classes --train wide.csv --quiet --strict)

# Beyond the range of a fixed-point input, with the better option.
warns("column [1-4] goes from [0-9]+ to [0-9]+, and [0-9]+ of 150 rows leave the range of the network's input, \
-32 to 31.999[0-9]*, even as --normalize none leaves them; try --normalize standard"
      ${BIN}/train_classes_fixed16 --train iris.csv --quiet --normalize none --rate 0.01)
succeeds(${BIN}/train_classes_fixed16 --train iris.csv --quiet --epochs 40 --batch 8 --strict)

# int8 of calibration rows that are all equal, and of ranges that one row spoils.
set(quantize ${BIN}/quantize_classes --image good.image --test iris.csv)
succeeds(${quantize} --calibration iris.csv --strict)
file(WRITE ${FOLDER}/equal.csv "500,340,150,20,setosa\n500,340,150,20,setosa\n500,340,150,20,setosa\n")
warns("all 3 calibration rows are equal" ${quantize} --calibration equal.csv)
# Rows evenly spread; of classes that the network knows; and no ranges where no training learnt any.
write_rows(halves.csv 500,340,150,20,setosa 500,340,150,20,setosa 590,280,430,130,versicolor 590,280,430,130,versicolor)
succeeds(${quantize} --calibration halves.csv --rows 2)
if(OUTPUT MATCHES "rows are equal")
  message(FATAL_ERROR "${OUTPUT}")
endif()
write_rows(rose.csv 1,2,3,4,rosa)
fails("rose.csv: sample 1: the class is \"rosa\"" ${BIN}/quantize_classes --image good.image --calibration iris.csv
  --test rose.csv)
fails("good.image: has no ranges" ${quantize} --calibration iris.csv --range learnt)
file(READ ${FOLDER}/iris.csv rows)
file(WRITE ${FOLDER}/spoilt.csv "${rows}9999999,9999999,9999999,9999999,setosa\n")
warns("int8 is right on [3-6][0-9.]+ % where float is on (9[0-9]|100).[0-9]+ %; try --range percentile, more --rows" ${quantize}
  --calibration spoilt.csv)
