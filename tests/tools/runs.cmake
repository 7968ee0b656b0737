# What the scripts of this folder stand on: run.cmake says what goes wrong, and <tool>_each keeps what each run said.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(WRITE ${FOLDER}/a "a")
file(WRITE ${FOLDER}/same "a")
file(WRITE ${FOLDER}/b "b")

# A script of this line ends well, or with an error that holds the pattern.
function(line_ends pattern line)
  file(WRITE ${FOLDER}/line.cmake "include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)\n${line}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -DFOLDER=${FOLDER}/within -P ${FOLDER}/line.cmake
    RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")  # of lines that CMake breaks
  if((pattern STREQUAL "well" AND NOT status EQUAL 0) OR
     (NOT pattern STREQUAL "well" AND (status EQUAL 0 OR NOT text MATCHES "${pattern}")))
    message(FATAL_ERROR "${line}: expected \"${pattern}\"\n${text}")
  endif()
endfunction()
line_ends(well "succeeds(true)")
line_ends("ended with 1 said so" "succeeds(sh -c \"echo said so && false\")")
line_ends(well "fails(\"wrong [a-z]+\" sh -c \"echo wrong name >&2 && false\")")
line_ends("not with 1 and" "fails(\"wrong\" sh -c \"echo right >&2 && false\")")
line_ends("ended with 2, not with 1" "fails(\"wrong\" sh -c \"echo wrong >&2 && (exit 2)\")")
line_ends("ended with 0, not with 1" "fails(\"wrong\" sh -c \"echo wrong >&2\")")
line_ends(well "same(../a ../same)\ndifferent(../a ../b)")
line_ends("a and ../b differ" "same(../a ../b)")
line_ends("a and ../same are the same" "different(../a ../same)")

# Each of several runs with its own status and words, in one process.
later(first ${SOURCE}/tests/fuzz/corpus/chain --out chain.hpp --name chain)
later(none none.tflite --out none.hpp)
later(last ${SOURCE}/tests/fuzz/corpus/chain --out last.hpp --name last)
now(${BIN}/import)
foreach(name first last)
  said(${name})
  expect_success(${name})
  if(NOT OUTPUT MATCHES "[a-z]" OR OUTPUT MATCHES "^[0-9]+\n" OR NOT MESSAGE STREQUAL "")
    message(FATAL_ERROR "${name}: ${OUTPUT}${MESSAGE}")
  endif()
endforeach()
said(none)
expect_failure("^import: none.tflite: cannot be opened" none)
if(NOT OUTPUT STREQUAL "" OR EXISTS ${FOLDER}/none.hpp OR NOT EXISTS ${FOLDER}/chain.hpp OR NOT EXISTS ${FOLDER}/last.hpp)
  message(FATAL_ERROR "none: ${OUTPUT}")
endif()
