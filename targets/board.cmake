# What -DBOARD=<folder of targets/boards> means: its core, and thereby compiler flags and kernels. To be included before
# project(). A board's board.cmake sets
#
#   board_core                              targets/<architecture>/<board_core>.cmake
#   board_flash_origin, board_flash_bytes   where images lie, and how long they may be: the budget
#   board_ram_origin, board_ram_bytes       where variables and the stack lie, and how long both may be together
#   board_machine                           of qemu-system-arm -M; without it images are built, but not run
#   board_boot_bytes                        before the vectors, if the chip's ROM wants something there
#   board_openocd, …                        how to flash it: see targets/cortex_m/flash
#
# -DCORE=<core> builds for another core than the board's. -DMORE_BOARDS=<list> links every program for further boards of
# the same core, too.
set(CORE "" CACHE STRING "core to build for, if not the board's")
set(MORE_BOARDS "" CACHE STRING "further boards of the same core to link for")
set(boards_folder ${CMAKE_CURRENT_LIST_DIR}/boards)

# Sets board_… here; inside a function, only there.
macro(nn_read_board board)
  set(board_folder ${boards_folder}/${board})
  if(NOT EXISTS ${board_folder}/board.cmake)
    file(GLOB boards RELATIVE ${boards_folder} ${boards_folder}/*)
    list(JOIN boards ", " boards)
    message(FATAL_ERROR "BOARD is ${board}; expected host or one of ${boards}")
  endif()
  foreach(variable IN ITEMS machine boot_bytes uf2_family openocd pyocd probe_rs st_flash drive)
    unset(board_${variable})
  endforeach()
  include(${board_folder}/board.cmake)
endmacro()

nn_read_board(${BOARD})
if(CORE)
  set(board_core ${CORE})
endif()
file(GLOB core_file ${CMAKE_CURRENT_LIST_DIR}/*/${board_core}.cmake)
if(NOT core_file)
  file(GLOB cores ${CMAKE_CURRENT_LIST_DIR}/armv*/*.cmake)
  list(TRANSFORM cores REPLACE ".*/(.*)\\.cmake" "\\1")
  list(JOIN cores ", " cores)
  message(FATAL_ERROR "the core of ${BOARD} is ${board_core}; expected one of ${cores}")
endif()
set(CMAKE_TOOLCHAIN_FILE ${core_file} CACHE FILEPATH "")
cmake_path(GET core_file PARENT_PATH core_kernels)
cmake_path(GET core_kernels FILENAME core_kernels)
set(core ${board_core})
