# Programs: the same sources for this machine and for every board.
#
#   nn_add_program(<name> SOURCES <file>…)    an executable; on a board an image with start-up, linker script and map
#   nn_add_test(<name> SOURCES <file>…)       the same, run by CTest, on a board through QEMU; reported as skipped, with both
#                                             numbers, where it does not fit the board
#   nn_add_firmware(<name> SOURCES <file>…)   a program of firmware/, tested to print the same on a board as on this machine
#                                             (but for lines of `cost: `); INPUT <file>: what it reads from the console

# Errors with the compilers that we develop with; others may know warnings that we have not seen.
add_library(ganglion_warnings INTERFACE)
target_compile_options(ganglion_warnings INTERFACE -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15 OR
   CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(ganglion_warnings INTERFACE -Werror)
endif()

# console.hpp, platform.hpp and, on a board, what runs before main().
if(BOARD STREQUAL host)
  add_library(ganglion_platform INTERFACE)
else()
  set(cortex_m ${PROJECT_SOURCE_DIR}/targets/cortex_m)
  add_library(ganglion_platform OBJECT ${cortex_m}/startup.cpp)
  target_compile_features(ganglion_platform PUBLIC cxx_std_20)
  # Start-up sets up what memcpy and memset may need, so it must not become calls of them.
  target_compile_options(ganglion_platform PRIVATE -fno-tree-loop-distribute-patterns)
  target_include_directories(ganglion_platform PUBLIC ${cortex_m} ${board_folder})
  target_link_options(ganglion_platform INTERFACE -L${cortex_m} -T${board_folder}/memory.ld)
  set_property(TARGET ganglion_platform PROPERTY INTERFACE_LINK_DEPENDS ${board_folder}/memory.ld ${cortex_m}/image.ld)
  target_link_libraries(ganglion_platform PUBLIC ganglion::nn PRIVATE ganglion_warnings)
endif()

function(nn_add_program name)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "" SOURCES)
  add_executable(${name} ${program_SOURCES})
  target_link_libraries(${name} PRIVATE ganglion::nn ganglion_platform ganglion_warnings)
  if(NOT BOARD STREQUAL host)
    target_sources(${name} PRIVATE $<TARGET_OBJECTS:ganglion_platform>)
    target_link_options(${name} PRIVATE -Wl,-Map=$<TARGET_FILE:${name}>.map)
  endif()
endfunction()

# An image too large for the board is linked all the same; the emulator's script finds out, and says both numbers.
function(link_even_if_too_large name)
  if(NOT BOARD STREQUAL host)
    target_link_options(${name} PRIVATE -Wl,--noinhibit-exec -Wl,--no-fatal-warnings)
  endif()
endfunction()

function(nn_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;ARGUMENTS")
  nn_add_program(${name} SOURCES ${test_SOURCES})
  link_even_if_too_large(${name})
  add_test(NAME ${name} COMMAND ${name} ${test_ARGUMENTS})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
endfunction()

function(nn_add_firmware name)
  cmake_parse_arguments(PARSE_ARGV 1 firmware "" INPUT SOURCES)
  nn_add_program(${name} SOURCES ${firmware_SOURCES})
  link_even_if_too_large(${name})
  set_property(GLOBAL APPEND PROPERTY firmware_programs ${name})
  if(NOT BUILD_TESTING)
    return()
  endif()
  if(NOT firmware_INPUT)
    set(firmware_INPUT /dev/null)
  endif()
  if(BOARD STREQUAL host)
    add_test(NAME ${name} COMMAND sh -c "exec \"$0\" < \"$1\"" $<TARGET_FILE:${name}> ${firmware_INPUT})
  else()
    nn_host_tool(twin ${name})
    if(TARGET host_tool_${name})
      add_dependencies(${name} host_tool_${name})
    endif()
    add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/targets/cortex_m/same_output ${twin} $<TARGET_FILE:${name}>
      ${CMAKE_CROSSCOMPILING_EMULATOR})
  endif()
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600 ENVIRONMENT QEMU_INPUT=${firmware_INPUT})
endfunction()
