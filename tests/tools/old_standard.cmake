# Every header of nn/ stops a compiler of an older standard at once, with one error that says what to do.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

# The compiler is asked about those that stand at the top or say so themselves; clang++, which takes five times as long, about the
# first alone. The others must include one of ours, which says it for them.
file(GLOB_RECURSE headers RELATIVE ${SOURCE} ${SOURCE}/nn/*.hpp)
list(LENGTH headers count)
if(count LESS 100)
  message(FATAL_ERROR "only ${count} headers were found")
endif()
foreach(header IN LISTS headers)
  file(STRINGS ${SOURCE}/${header} ours REGEX "^#include \"(nn/|targets/needs_cxx20)")
  if(NOT ours)
    message(FATAL_ERROR "${header} includes none of ours; expected targets/needs_cxx20.hpp")
  endif()
  if(NOT header MATCHES "^nn/[^/]*$" AND (COMPILER MATCHES clang OR NOT ours MATCHES needs_cxx20))
    continue()
  endif()
  run(${COMPILER} -std=gnu++17 -fsyntax-only -x c++ -I${SOURCE} -I${SOURCE}/targets/host ${SOURCE}/${header})
  string(REGEX MATCHALL "error:" errors "${MESSAGE}")
  if(STATUS EQUAL 0 OR NOT errors STREQUAL "error:" OR NOT MESSAGE MATCHES
    "error: .?Ganglion needs C..20: compile with -std=c..20 or -std=gnu..20")
    message(FATAL_ERROR "${header}: ended with ${STATUS}\n${MESSAGE}")
  endif()
endforeach()
