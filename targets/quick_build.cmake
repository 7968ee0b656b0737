# What shortens our own builds, and changes no program: nn_shorten_build(), to be called when every target is known.
#
#   -  The standard library and nn/nn.hpp are read in a form that the compiler makes ready once for each build and optimization
#      (g++ 14 takes none of -O3 with -O1), but where a target says DISABLE_PRECOMPILE_HEADERS; of -O1 once more with streams and
#      containers, for tools alone: g++ takes half a second longer with them, for an empty file. A compiler cache
#      (in CMAKE_CXX_COMPILER_LAUNCHER) sees better through plain headers, so with one they are read as they are; that build
#      shows which #include is missing.
#   -  On this machine, tools and tests are optimized with -O1, which compiles twice as fast as -O3; not so programs of firmware/,
#      tests of kernels and of their bits, and what says OPTIMIZED: trainers that learn for more than seconds. With -O1 g++ 12
#      warns of a vector's own memmove, wrongly.
#   -  Sources of a library are compiled together where -DJOIN=ON says so: joined.cmake.
#   -  Programs of this machine are linked by LLVM's linker, where there is one, in half the time.
#   -  g++ looks for garbage in its memory from 500 MB on, instead of 30 to 128, which takes a tenth of its time.
include(${CMAKE_CURRENT_LIST_DIR}/joined.cmake)
option(JOIN "compile sources of the libraries of tools/ several at a time" OFF)

if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES cache)
  set(precompile OFF)
else()
  set(precompile ON)
endif()
set(CMAKE_PCH_WARN_INVALID OFF)  # where options do not fit, g++ reads the plain headers
option(PRECOMPILE "read common headers in a form that the compiler makes ready once" ${precompile})

if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options(--param=ggc-min-heapsize=500000)
endif()

if(BOARD STREQUAL host)
  find_program(LLD ld.lld)
  if(LLD)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

# Whether there are programs of -O1 beside those of -O3.
set(quick OFF)
if(BOARD STREQUAL host AND CMAKE_BUILD_TYPE STREQUAL Release)
  set(quick ON)
endif()

function(nn_shorten_build)
  if(PRECOMPILE)
    set(headers <algorithm> <array> <bit> <concepts> <cstdint> <limits> <span> <tuple> <type_traits> <utility>)
    set(headers_of_tools <cmath> <cstring> <fstream> <functional> <iostream> <map> <memory> <optional> <set> <sstream> <string>
        <vector>)
    if(BOARD STREQUAL host AND NOT quick)
      list(APPEND headers ${headers_of_tools})
    endif()
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "")
    foreach(precompiled precompiled precompiled_quick precompiled_tools)
      add_library(${precompiled} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled.cpp)
      target_link_libraries(${precompiled} PRIVATE ganglion::nn ganglion_platform ganglion_warnings)
      target_precompile_headers(${precompiled} PRIVATE ${headers} ${PROJECT_SOURCE_DIR}/nn/nn.hpp)
    endforeach()
    target_compile_options(precompiled_quick PRIVATE -O1)
    target_compile_options(precompiled_tools PRIVATE -O1)
    target_precompile_headers(precompiled_tools PRIVATE ${headers_of_tools})
  endif()
  shorten_folder(${PROJECT_SOURCE_DIR})
endfunction()

function(shorten_folder folder)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    get_target_property(sources ${target} SOURCES)
    if(type MATCHES "^(EXECUTABLE|STATIC_LIBRARY|SHARED_LIBRARY)$" AND NOT sources MATCHES "TARGET_OBJECTS")
      shorten(${target} ${folder})
    endif()
  endforeach()
  get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(inner IN LISTS folders)
    shorten_folder(${inner})
  endforeach()
endfunction()

function(shorten target folder)
  if(JOIN AND target MATCHES "^ganglion_")
    nn_join_sources(${target})
  endif()
  get_target_property(plain ${target} DISABLE_PRECOMPILE_HEADERS)
  get_target_property(optimized ${target} OPTIMIZED)
  if(NOT quick OR
     folder MATCHES "^${PROJECT_SOURCE_DIR}/firmware/" AND NOT target MATCHES "^(export|propose|quantize|train)_" OR
     target MATCHES "^(other_bits_.*|unseen_nan_.*|test_((.*_)?kernels|(fused_)?same_bits))$")
    set(optimized ON)
  endif()
  set(precompiled precompiled)
  if(NOT optimized)
    set(precompiled precompiled_quick)
    get_target_property(libraries ${target} LINK_LIBRARIES)
    list(FILTER libraries EXCLUDE REGEX "^ganglion_(platform|warnings)$")
    if("${target};${libraries}" MATCHES "(^|;)ganglion_")
      set(precompiled precompiled_tools)
    endif()
    target_compile_options(${target} PRIVATE -O1 $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>)
  endif()
  if(PRECOMPILE AND NOT plain)
    target_precompile_headers(${target} REUSE_FROM ${precompiled})
    target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:${precompiled},INCLUDE_DIRECTORIES>)
  endif()
endfunction()
