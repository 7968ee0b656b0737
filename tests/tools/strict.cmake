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

# Chance; one class for everything; a loss that did not fall.
file(WRITE ${FOLDER}/flat.csv "5,5,5,5,a\n5,5,5,5,b\n5,5,5,5,c\n")
warns("the network names class [abc] for everything: it is right on 33.33 % of the training data" ${BIN}/train_classes
  --train flat.csv --quiet)
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
warns("column [34] ..[cd].. ranges over [0-9]+ and column 1 ..a.. over [0-9.e+]+, so that the first hardly counts.*--normalize standard" ${BIN}/train_classes --train wide.csv --quiet --normalize scale)
succeeds(${BIN}/train_classes --train wide.csv --quiet --strict)

# Beyond the range of a fixed-point input, with the better option.
warns("column [1-4] goes from [0-9]+ to [0-9]+, and [0-9]+ of 150 rows leave the range of the network's input, -32 to 31.999[0-9]*, even as --normalize none leaves them; try --normalize standard"
      ${BIN}/train_classes_fixed16 --train iris.csv --quiet --normalize none --rate 0.01)
succeeds(${BIN}/train_classes_fixed16 --train iris.csv --quiet --epochs 40 --batch 8 --strict)

# int8 of calibration rows that are all equal, and of ranges that one row spoils.
set(quantize ${BIN}/quantize_classes --image good.image --test iris.csv)
succeeds(${quantize} --calibration iris.csv --strict)
file(WRITE ${FOLDER}/equal.csv "500,340,150,20,setosa\n500,340,150,20,setosa\n500,340,150,20,setosa\n")
warns("all 3 calibration rows are equal" ${quantize} --calibration equal.csv)
file(READ ${FOLDER}/iris.csv rows)
file(WRITE ${FOLDER}/spoilt.csv "${rows}9999999,9999999,9999999,9999999,setosa\n")
warns("int8 is right on [3-6][0-9.]+ % where float is on (9[0-9]|100).[0-9]+ %; try --range percentile, more --rows" ${quantize}
  --calibration spoilt.csv)
