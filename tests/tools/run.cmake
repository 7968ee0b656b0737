# CASES: at most so many of each model, where a script compares with those of other programs; without it, all.
set(few_cases "")
if(CASES)
  set(few_cases --cases ${CASES})
endif()

# What the scripts of this folder share: succeeds(<command>…) and fails(<pattern> <command>…) run a tool in the test's
# folder; OUTPUT holds what it printed. same(a b) compares files byte by byte.
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})

# The compiler of a program of ours; ${compile_again} is the same behind nn/nn.hpp in the form that g++ makes ready once
# (READ_ONCE, if there is one): for all but the first header that a tool writes, which shows that it includes what it needs.
set(compile ${COMPILER} -std=c++20 -ffp-contract=off -I${SOURCE} -I${SOURCE}/targets/host -I${FOLDER})
set(compile_again ${compile})
if(READ_ONCE)
  list(APPEND compile_again -include ${READ_ONCE})
endif()

macro(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${FOLDER}
    RESULT_VARIABLE STATUS OUTPUT_VARIABLE OUTPUT ERROR_VARIABLE MESSAGE)
endmacro()

function(expect_success)
  if(NOT STATUS EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ended with ${STATUS}\n${OUTPUT}${MESSAGE}")
  endif()
endfunction()

function(expect_failure pattern)
  if(NOT STATUS EQUAL 1 OR NOT MESSAGE MATCHES "${pattern}")
    message(FATAL_ERROR "${ARGN}: ended with ${STATUS}, not with 1 and \"${pattern}\"\n${OUTPUT}${MESSAGE}")
  endif()
endfunction()

macro(succeeds)
  run(${ARGN})
  expect_success(${ARGN})
endmacro()

macro(fails pattern)
  run(${ARGN})
  expect_failure("${pattern}" ${ARGN})
endmacro()

# Of a tool that is run hundreds of times: later(<name> <arguments>…) notes a run, now(<tool>) does all of them in one process,
# by <tool>_each, and then said(<name>) has its OUTPUT, MESSAGE and STATUS.
function(later)
  list(JOIN ARGN "\t" line)
  file(APPEND ${FOLDER}/runs.txt "${line}\n")
endfunction()

macro(now tool)
  file(MAKE_DIRECTORY ${FOLDER}/runs)
  succeeds(${tool}_each runs.txt runs)
  file(REMOVE ${FOLDER}/runs.txt)
endmacro()

macro(said name)
  file(READ ${FOLDER}/runs/${name}.out OUTPUT)
  file(READ ${FOLDER}/runs/${name}.err MESSAGE)
  string(REGEX MATCH "^[0-9]+" STATUS "${OUTPUT}")
  string(REGEX REPLACE "^[0-9]+\n" "" OUTPUT "${OUTPUT}")
  string(REGEX REPLACE "^[0-9]+\n" "" MESSAGE "${MESSAGE}")
endmacro()

function(same a b)
  file(SHA256 ${FOLDER}/${a} first)
  file(SHA256 ${FOLDER}/${b} second)
  if(NOT first STREQUAL second)
    message(FATAL_ERROR "${a} and ${b} differ")
  endif()
endfunction()

function(different a b)
  file(SHA256 ${FOLDER}/${a} first)
  file(SHA256 ${FOLDER}/${b} second)
  if(first STREQUAL second)
    message(FATAL_ERROR "${a} and ${b} are the same")
  endif()
endfunction()

# Sets VARIABLE to the folder that ENVIRONMENT names, or to SHARED in ../shared.
function(models_of_others variable environment shared)
  set(folder $ENV{${environment}})
  if(NOT folder)
    cmake_path(SET folder NORMALIZE ${SOURCE}/../shared/${shared})
  endif()
  set(${variable} ${folder} PARENT_SCOPE)
endfunction()
