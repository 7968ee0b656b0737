# Programs: the same sources for this machine and for every board.
#
#   nn_add_program(<name> SOURCES <file>…)    an executable; on a board an image with start-up, linker script and map
#   nn_add_test(<name> SOURCES <file>…)       the same, run by CTest, on a board through QEMU; reported as skipped, with both
#                                             numbers, where it does not fit the board
#   nn_add_firmware(<name> SOURCES <file>…)   a program of firmware/, tested to print the same on a board as on this machine
#                                             (but for lines of `cost: `)
#
# Each of MORE_BOARDS has an image of every program, <name>.<board>, linked from the same objects; so no program includes
# board.hpp, and what boards differ in is compiled into their start-up.

# Errors with the compilers that we develop with; others may know warnings that we have not seen.
add_library(ganglion_warnings INTERFACE)
target_compile_options(ganglion_warnings INTERFACE -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15 OR
   CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(ganglion_warnings INTERFACE -Werror)
endif()

# What console.hpp and platform.hpp of this machine, or of every board, need.
add_library(ganglion_platform INTERFACE)
set(cortex_m ${PROJECT_SOURCE_DIR}/targets/cortex_m)
if(BOARD STREQUAL host)
  target_include_directories(ganglion_platform INTERFACE ${PROJECT_SOURCE_DIR}/targets/host)
else()
  target_include_directories(ganglion_platform INTERFACE ${cortex_m})
endif()

# What runs before main() on a board, and how its images are linked.
function(add_board board)
  nn_read_board(${board})
  if(NOT board_core STREQUAL core AND NOT CORE)
    message(FATAL_ERROR "${board} has the core ${board_core}, ${BOARD} has ${core}; expected boards of one core in MORE_BOARDS")
  endif()
  set(start start_${board})
  add_library(${start} OBJECT ${cortex_m}/startup.cpp ${cortex_m}/fault.cpp ${cortex_m}/platform.cpp)
  target_compile_definitions(${start} PRIVATE BOARD="${board}" CORE="${core}")
  # Start-up sets up what memcpy and memset may need, so it must not become calls of them.
  target_compile_options(${start} PRIVATE -fno-tree-loop-distribute-patterns)
  target_include_directories(${start} PRIVATE ${PROJECT_SOURCE_DIR}/targets ${board_folder})
  target_link_libraries(${start} PRIVATE ganglion::nn ganglion_platform ganglion_warnings)
  target_link_options(${start} INTERFACE -T${cortex_m}/image.ld
    -Wl,--defsym=flash_origin=${board_flash_origin},--defsym=flash_bytes=${board_flash_bytes}
    -Wl,--defsym=ram_origin=${board_ram_origin},--defsym=ram_bytes=${board_ram_bytes})
  set_property(TARGET ${start} PROPERTY INTERFACE_LINK_DEPENDS ${cortex_m}/image.ld)
endfunction()

if(NOT BOARD STREQUAL host)
  foreach(board IN LISTS BOARD MORE_BOARDS)
    add_board(${board})
  endforeach()
endif()

# The image of a program on a board, its executable target.
function(image_name variable program board)
  if(board STREQUAL BOARD)
    set(${variable} ${program} PARENT_SCOPE)
  else()
    set(${variable} ${program}.${board} PARENT_SCOPE)
  endif()
endfunction()

function(link_for_board image board)
  nn_read_board(${board})
  target_link_libraries(${image} PRIVATE start_${board})
  target_link_options(${image} PRIVATE -Wl,-Map=$<TARGET_FILE:${image}>.map)
  if(board_machine)
    set_property(TARGET ${image} PROPERTY CROSSCOMPILING_EMULATOR
      ${cortex_m}/run_if_it_fits ${board_flash_bytes} ${board_ram_bytes} ${board_machine})
  endif()
endfunction()

# An image too large for the board is linked all the same; the emulator's script finds out, and says both numbers.
function(link_even_if_too_large name)
  if(NOT BOARD STREQUAL host)
    target_link_options(${name} PRIVATE -Wl,--noinhibit-exec -Wl,--no-fatal-warnings)
  endif()
endfunction()

function(nn_add_program name)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "" SOURCES)
  add_executable(${name} ${program_SOURCES})
  target_link_libraries(${name} PRIVATE ganglion::nn ganglion_platform ganglion_warnings)
  if(NOT BOARD STREQUAL host)
    link_for_board(${name} ${BOARD})
  endif()
endfunction()

# The images for MORE_BOARDS of a program, from its objects.
function(link_for_more_boards name)
  foreach(board IN LISTS MORE_BOARDS)
    add_executable(${name}.${board} $<TARGET_OBJECTS:${name}>)
    set_property(TARGET ${name}.${board} PROPERTY LINKER_LANGUAGE CXX)
    link_for_board(${name}.${board} ${board})
    link_even_if_too_large(${name}.${board})
  endforeach()
endfunction()

# The boards whose images can run here.
function(emulated_boards variable)
  foreach(board IN LISTS BOARD MORE_BOARDS)
    nn_read_board(${board})
    if(board_machine)
      list(APPEND emulated ${board})
    endif()
  endforeach()
  set(${variable} ${emulated} PARENT_SCOPE)
endfunction()

function(nn_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;ARGUMENTS")
  nn_add_program(${name} SOURCES ${test_SOURCES})
  link_even_if_too_large(${name})
  set(images ${name})
  if(NOT BOARD STREQUAL host)
    link_for_more_boards(${name})
    emulated_boards(boards)
    set(images "")
    foreach(board IN LISTS boards)
      image_name(image ${name} ${board})
      list(APPEND images ${image})
    endforeach()
  endif()
  foreach(image IN LISTS images)
    add_test(NAME ${image} COMMAND ${image} ${test_ARGUMENTS})
    set_tests_properties(${image} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
  endforeach()
endfunction()

function(nn_add_firmware name)
  cmake_parse_arguments(PARSE_ARGV 1 firmware "" "" SOURCES)
  nn_add_program(${name} SOURCES ${firmware_SOURCES})
  link_even_if_too_large(${name})
  set_property(GLOBAL APPEND PROPERTY firmware_programs ${name})
  if(BOARD STREQUAL host)
    if(BUILD_TESTING)
      add_test(NAME ${name} COMMAND ${name})
      set_tests_properties(${name} PROPERTIES TIMEOUT 600)
    endif()
    return()
  endif()

  link_for_more_boards(${name})
  emulated_boards(boards)
  if(NOT BUILD_TESTING OR NOT boards)
    return()
  endif()
  nn_host_tool(twin ${name})
  if(TARGET host_tool_${name})
    add_dependencies(${name} host_tool_${name})
  endif()
  foreach(board IN LISTS boards)
    image_name(image ${name} ${board})
    get_target_property(emulator ${image} CROSSCOMPILING_EMULATOR)
    add_test(NAME ${image} COMMAND ${cortex_m}/same_output ${twin} $<TARGET_FILE:${image}> ${emulator})
    set_tests_properties(${image} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
  endforeach()
endfunction()
