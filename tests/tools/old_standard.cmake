# Every header of nn/ stops a compiler of an older standard at once, with one error that says what to do.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

# Before anything of its own, each includes the sentence itself or another of our headers, so all say it; the compiler is asked
# about nn.hpp and those beside it that include the sentence.
file(GLOB_RECURSE headers RELATIVE ${SOURCE} ${SOURCE}/nn/*.hpp)
list(LENGTH headers count)
if(count LESS 100)
  message(FATAL_ERROR "only ${count} headers were found")
endif()
foreach(header IN LISTS headers)
  file(READ ${SOURCE}/${header} text)
  if(NOT text MATCHES "^(//[^\n]*\n|#pragma once\n|#include <[^\n]*\n|\n)*#include \"(nn/|targets/needs_cxx20)")
    message(FATAL_ERROR "${header} does not begin with one of ours; expected targets/needs_cxx20.hpp")
  endif()
  if(NOT header STREQUAL nn/nn.hpp AND NOT (header MATCHES "^nn/[^/]*$" AND text MATCHES "#include \"targets/needs_cxx20"))
    continue()
  endif()
  run(${COMPILER} -std=gnu++17 -fsyntax-only -x c++ -I${SOURCE} -I${SOURCE}/targets/host ${SOURCE}/${header})
  string(REGEX MATCHALL "error:" errors "${MESSAGE}")
  if(STATUS EQUAL 0 OR NOT errors STREQUAL "error:" OR NOT MESSAGE MATCHES
    "error: .?Ganglion needs C..20: compile with -std=c..20 or -std=gnu..20")
    message(FATAL_ERROR "${header}: ended with ${STATUS}\n${MESSAGE}")
  endif()
endforeach()
