# Programs: the same sources for this machine and for every board.
#
#   nn_add_program(<name> SOURCES <file>…)    an executable; on a board an image with start-up, linker script and map
#   nn_add_test(<name> SOURCES <file>…)       the same, run by CTest, on a board through QEMU; reported as skipped, with both
#                                             numbers, where it does not fit the board; of MORE_BOARDS, which have the same
#                                             core, only with EVERY_BOARD; BY <command>…: the test is this command, behind
#                                             which stands what runs the program; COST: about how many seconds it takes, so
#                                             that CTest, which has not run it before, begins with what takes long; COUNTS:
#                                             it needs a clock that counts instructions, without which QEMU is faster
#   nn_add_firmware(<name> SOURCES <file>…)   a program of firmware/, tested to print the same on a board as on this machine
#                                             (but for lines of `cost: `), of MORE_BOARDS some that show how these differ;
#                                             INPUT <file>: what it reads from the console;
#                                             OWN_TEST: its folder adds a test of its own; DATA <pattern>: variables that
#                                             may begin with a value other than 0, hence take flash and RAM; SIMULATED_STORE:
#                                             where QEMU does not know the board's flash, its store lies in RAM
#
# Each of MORE_BOARDS has an image of every program, <name>.<board>, linked from the same objects; so no program includes
# board.hpp, and what boards differ in is compiled into their start-up. Of boards that QEMU does not know, only programs of
# firmware/ are built. With tests (BUILD_TESTING), those that no test runs or looks at are linked by name only.
#
# Beside <image>.elf lies <image>.elf.memory, a report of what it takes of the board (tools/memory), and for firmware .bin and
# .hex. The targets `flash`, `debug` and `console` act on -DPROGRAM=<name>, `size` prints all reports.
#
# -DTESTS="kernels|same_bits|digits" builds and runs only these tests and programs; on this machine, only these tests, and what
# must not compile.
set(TESTS "" CACHE STRING "names of the tests to run, separated by |; empty: all")
set(PROGRAM digits CACHE STRING "program of firmware/ that the targets flash and debug act on")

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

# What runs before main() on a board, and how its images are linked: start_core, which boards of one core share, and start_<board>
# with the board's store. That of a board whose flash controller QEMU does not know is a part of its own, store_<board>; in its
# place stands store_simulated, in RAM, for programs of which QEMU is to run the store, and on boards that give it no place.
function(add_start_part part)
  add_library(${part} OBJECT EXCLUDE_FROM_ALL ${ARGN})
  # Start-up sets up what memcpy and memset may need, so it must not become calls of them.
  target_compile_options(${part} PRIVATE
    $<IF:$<CXX_COMPILER_ID:Clang>,-fno-builtin-memcpy;-fno-builtin-memset,-fno-tree-loop-distribute-patterns>)
  target_include_directories(${part} PRIVATE ${PROJECT_SOURCE_DIR}/targets)
  target_link_libraries(${part} PRIVATE ganglion::nn ganglion_platform ganglion_warnings)
  set_target_properties(${part} PROPERTIES UNITY_BUILD ON)  # most of their time is that of the standard headers
endfunction()

function(add_board board)
  nn_read_board(${board})
  if(NOT board_core STREQUAL core AND NOT CORE)
    message(FATAL_ERROR "${board} has the core ${board_core}, ${BOARD} has ${core}; expected boards of one core in MORE_BOARDS")
  endif()
  file(GLOB own_sources CONFIGURE_DEPENDS ${board_folder}/*.cpp)
  set(parts start_${board})
  set(sources ${cortex_m}/startup.cpp ${cortex_m}/platform.cpp ${own_sources})
  if(board_store_not_in_qemu)
    add_start_part(store_${board} ${cortex_m}/board_store.cpp)
    list(APPEND parts store_${board})
  elseif(board_store_origin)
    list(APPEND sources ${cortex_m}/board_store.cpp)
  endif()
  add_start_part(start_${board} ${sources})
  foreach(part IN LISTS parts)
    target_compile_definitions(${part} PRIVATE BOARD="${board}" CORE="${core}")
    target_include_directories(${part} PRIVATE ${board_folder})
    if(board_store_origin)
      target_compile_definitions(${part} PRIVATE STORE_ORIGIN=${board_store_origin}
        STORE_SECTOR_BYTES=${board_store_sector_bytes} STORE_SECTORS=${board_store_sectors})
    endif()
  endforeach()
  target_link_options(start_${board} INTERFACE -T${cortex_m}/image.ld
    -Wl,--defsym=flash_origin=${board_flash_origin},--defsym=flash_bytes=${board_image_bytes}
    -Wl,--defsym=ram_origin=${board_ram_origin},--defsym=ram_bytes=${board_ram_bytes})
  set_property(TARGET start_${board} PROPERTY INTERFACE_LINK_DEPENDS ${cortex_m}/image.ld)
endfunction()

if(NOT BOARD STREQUAL host)
  add_start_part(start_core ${cortex_m}/fault.cpp ${cortex_m}/memory.cpp)
  add_start_part(store_simulated ${cortex_m}/board_store.cpp)
  target_compile_definitions(store_simulated PRIVATE SIMULATED_STORE)
  foreach(board IN LISTS BOARD MORE_BOARDS)
    add_board(${board})
  endforeach()
endif()

# The image of `program`, from its objects and the board's start-up.
function(link_for_board image program board)
  nn_read_board(${board})
  get_property(simulated GLOBAL PROPERTY simulated_store)
  set(start start_core start_${board})
  if(NOT board_store_origin OR (board_store_not_in_qemu AND program IN_LIST simulated))
    list(APPEND start store_simulated)
  elseif(board_store_not_in_qemu)
    list(APPEND start store_${board})
  endif()
  target_link_libraries(${image} PRIVATE ${start})
  set_property(TARGET ${image} PROPERTY start "${start}")
  target_link_options(${image} PRIVATE -Wl,-Map=$<TARGET_FILE:${image}>.map)
  set_property(TARGET ${image} PROPERTY board ${board})
  if(board_machine)
    set_property(TARGET ${image} PROPERTY CROSSCOMPILING_EMULATOR
      ${cortex_m}/run_if_it_fits ${board_image_bytes} ${board_ram_bytes} ${board_machine})
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
    link_for_board(${name} ${name} ${BOARD})
  endif()
endfunction()

# The command that reports the memory of an image; ARGN: --any-size, --any-stack, --out.
function(memory_command variable image program)
  get_target_property(board ${image} board)
  get_target_property(start ${image} start)
  nn_read_board(${board})
  set(exception_frame 40)
  if(CMAKE_CXX_FLAGS MATCHES "float-abi=hard")
    set(exception_frame 112)
  endif()
  nn_host_tool(memory memory)
  if(TARGET host_tool_memory)
    add_dependencies(${image} host_tool_memory)
  endif()
  set(objects "")
  foreach(part ${program} ${start})
    list(APPEND objects $<TARGET_OBJECTS:${part}>)
  endforeach()
  list(JOIN objects $<SEMICOLON> objects)
  set(${variable} ${memory} --image $<TARGET_FILE:${image}> --objects "$<JOIN:${objects},|>"
    --flash ${board_image_bytes} --ram ${board_ram_bytes} --exception-frame ${exception_frame} ${ARGN} PARENT_SCOPE)
endfunction()

function(report_memory image program)
  memory_command(command ${image} ${program} ${ARGN} --out $<TARGET_FILE:${image}>.memory)
  add_custom_command(TARGET ${image} POST_BUILD COMMAND ${command} VERBATIM)
endfunction()

# What programmers take. A chip whose ROM takes UF2 files sets board_uf2_family.
function(write_for_programmers image)
  get_target_property(board ${image} board)
  nn_read_board(${board})
  cmake_path(SET base NORMALIZE $<TARGET_FILE_DIR:${image}>/$<TARGET_FILE_BASE_NAME:${image}>)
  add_custom_command(TARGET ${image} POST_BUILD VERBATIM
    COMMAND ${CMAKE_OBJCOPY} -O binary $<TARGET_FILE:${image}> ${base}.bin
    COMMAND ${CMAKE_OBJCOPY} -O ihex $<TARGET_FILE:${image}> ${base}.hex)
  if(board_uf2_family)
    nn_host_tool(uf2 uf2)
    if(TARGET host_tool_uf2)
      add_dependencies(${image} host_tool_uf2)
    endif()
    add_custom_command(TARGET ${image} POST_BUILD VERBATIM
      COMMAND ${uf2} --image $<TARGET_FILE:${image}> --family ${board_uf2_family} --out ${base}.uf2)
  endif()
endfunction()

# The images of a program: its own, and one for each further board that QEMU knows, or, with ALL, that there is.
function(link_for_more_boards variable name)
  set(images ${name})
  foreach(board IN LISTS MORE_BOARDS)
    nn_read_board(${board})
    if(board_machine OR "ALL" IN_LIST ARGN)
      set(image ${name}.${board})
      add_executable(${image} $<TARGET_OBJECTS:${name}>)
      set_property(TARGET ${image} PROPERTY LINKER_LANGUAGE CXX)
      link_for_board(${image} ${name} ${board})
      link_even_if_too_large(${image})
      list(APPEND images ${image})
    endif()
  endforeach()
  if(NOT untested)
    set_property(GLOBAL APPEND PROPERTY images ${images})
  endif()
  set(${variable} ${images} PARENT_SCOPE)
endfunction()

function(nn_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "EVERY_BOARD;COUNTS" COST "SOURCES;ARGUMENTS;BY")
  if(NOT BOARD STREQUAL host AND NOT board_machine)
    return()
  endif()
  nn_add_program(${name} SOURCES ${test_SOURCES})
  set(images ${name})
  if(NOT BOARD STREQUAL host)
    link_even_if_too_large(${name})
    if(test_EVERY_BOARD)
      link_for_more_boards(images ${name})
    else()
      set_property(GLOBAL APPEND PROPERTY images ${name})
    endif()
  endif()
  foreach(image IN LISTS images)
    if(NOT BOARD STREQUAL host)
      report_memory(${image} ${name} --any-size --any-stack)
    endif()
    if(test_BY)
      get_target_property(emulator ${image} CROSSCOMPILING_EMULATOR)
      if(NOT emulator)
        set(emulator "")
      endif()
      add_test(NAME ${image} COMMAND ${test_BY} ${emulator} $<TARGET_FILE:${image}> ${test_ARGUMENTS})
    else()
      add_test(NAME ${image} COMMAND ${image} ${test_ARGUMENTS})
    endif()
    set_tests_properties(${image} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600 COST "${test_COST}")
    if(NOT test_COUNTS)
      set_tests_properties(${image} PROPERTIES ENVIRONMENT QEMU_CLOCK=fast)
    endif()
  endforeach()
endfunction()

function(nn_add_firmware name)
  cmake_parse_arguments(PARSE_ARGV 1 firmware "OWN_TEST;SIMULATED_STORE" "INPUT;DATA" SOURCES)
  if(firmware_SIMULATED_STORE)
    set_property(GLOBAL APPEND PROPERTY simulated_store ${name})
  endif()
  if(NOT firmware_INPUT)
    set(firmware_INPUT /dev/null)
  endif()
  nn_add_program(${name} SOURCES ${firmware_SOURCES})
  if(BOARD STREQUAL host)
    if(BUILD_TESTING AND NOT firmware_OWN_TEST)
      add_test(NAME ${name} COMMAND sh -c "exec \"$0\" < \"$1\"" $<TARGET_FILE:${name}> ${firmware_INPUT})
      set_tests_properties(${name} PROPERTIES TIMEOUT 600)
    endif()
    return()
  endif()

  # The budget: tests skip what is too large for a board; without them the build fails.
  set(budget "")
  if(BUILD_TESTING)
    set(budget --any-size)
  endif()
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    list(APPEND budget --any-stack)  # only g++ writes call graphs
  endif()
  link_even_if_too_large(${name})
  if(FIRMWARE STREQUAL TESTED AND NOT name MATCHES "^(${TESTS})$")
    set(untested EXCLUDE_FROM_ALL)
  endif()
  link_for_more_boards(images ${name} ALL)
  if(NOT untested)
    set_property(GLOBAL APPEND PROPERTY firmware_images ${images})
  endif()
  foreach(image IN LISTS images)
    set_property(TARGET ${image} PROPERTY data "${firmware_DATA}")
    report_memory(${image} ${name} ${budget})
    write_for_programmers(${image})
    get_target_property(emulator ${image} CROSSCOMPILING_EMULATOR)
    # Of further boards what tests run or look at; the rest is linked by name.
    set(looked_at "^(digits|digits_learn)$")
    if(emulator)
      set(looked_at "^(digits|digits_learn|digits_learn_resets|serve_fixed16)$")
    endif()
    if(untested OR (BUILD_TESTING AND NOT image STREQUAL name AND NOT name MATCHES "${looked_at}"))
      set_target_properties(${image} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
    set(runs ${BUILD_TESTING})
    if(TESTS AND NOT name MATCHES "^(${TESTS})$" OR NOT image STREQUAL name AND NOT name STREQUAL digits)
      set(runs OFF)
    endif()
    if(runs AND emulator AND NOT firmware_OWN_TEST)
      nn_host_tool(twin ${name})
      if(TARGET host_tool_${name})
        add_dependencies(${image} host_tool_${name})
      endif()
      add_test(NAME ${image} COMMAND ${cortex_m}/same_output ${twin} $<TARGET_FILE:${image}> ${emulator})
      set_tests_properties(${image} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
        ENVIRONMENT "QEMU_INPUT=${firmware_INPUT};QEMU_CLOCK=fast")
    endif()
  endforeach()
  add_board_targets(${name})
endfunction()

# size, and for PROGRAM flash, debug and console.
function(add_board_targets name)
  if(NOT TARGET size)
    add_custom_target(size)
  endif()
  add_custom_target(size.${name} VERBATIM DEPENDS ${name}
    COMMAND ${CMAKE_COMMAND} -E echo "${name} on ${BOARD}:"
    COMMAND ${CMAKE_COMMAND} -E cat $<TARGET_FILE:${name}>.memory)
  add_dependencies(size size.${name})
  if(NOT name STREQUAL PROGRAM)
    return()
  endif()
  memory_command(memory ${name} ${name} --out $<TARGET_FILE:${name}>.memory)
  add_custom_target(flash.fits COMMAND ${memory} DEPENDS ${name} VERBATIM)
  add_custom_target(flash COMMAND ${cortex_m}/flash ${board_folder} $<TARGET_FILE:${name}> USES_TERMINAL VERBATIM)
  add_dependencies(flash flash.fits)
  add_custom_target(debug COMMAND ${cortex_m}/debug ${board_folder} $<TARGET_FILE:${name}>
    DEPENDS ${name} USES_TERMINAL VERBATIM)
  add_custom_target(console COMMAND ${cortex_m}/serial USES_TERMINAL VERBATIM)
endfunction()
