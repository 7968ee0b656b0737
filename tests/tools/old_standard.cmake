# Every header of nn/ stops a compiler of an older standard at once, with one error that says what to do.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

# g++ is asked about all of them; clang++ takes five times as long, and is asked about those that stand at the top.
file(GLOB_RECURSE headers RELATIVE ${SOURCE} ${SOURCE}/nn/*.hpp)
list(LENGTH headers count)
if(COMPILER MATCHES clang)
  list(FILTER headers INCLUDE REGEX "^nn/[^/]*$")
endif()
if(count LESS 100)
  message(FATAL_ERROR "only ${count} headers were found")
endif()
foreach(header IN LISTS headers)
  run(${COMPILER} -std=gnu++17 -fsyntax-only -x c++ -I${SOURCE} -I${SOURCE}/targets/host ${SOURCE}/${header})
  string(REGEX MATCHALL "error:" errors "${MESSAGE}")
  if(STATUS EQUAL 0 OR NOT errors STREQUAL "error:" OR NOT MESSAGE MATCHES
    "error: .?Ganglion needs C..20: compile with -std=c..20 or -std=gnu..20")
    message(FATAL_ERROR "${header}: ended with ${STATUS}\n${MESSAGE}")
  endif()
endforeach()
