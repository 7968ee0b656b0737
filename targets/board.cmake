# What -DBOARD=<folder of targets/boards> means: its core, and thereby compiler flags and kernels. To be included before
# project(). A board's board.cmake sets
#
#   board_core                              targets/<architecture>/<board_core>.cmake
#   board_flash_origin, board_flash_bytes   where images lie, and how long they may be: the budget
#   board_ram_origin, board_ram_bytes       where variables and the stack lie, and how long both may be together
#   board_store_origin, board_store_sector_bytes, board_store_sectors
#                                           what is the store's (nn/store): sectors of flash, which images then keep clear of, or
#                                           memory that simulates flash; unset, 32 KiB of RAM do that, which outlive a reset alone
#   board_store_not_in_qemu                 yes if QEMU knows the board, but not its flash controller
#   board_input_not_in_qemu                 yes if QEMU's UART of the board does not go on to take what it is sent
#   board_store_file_bytes                  of the machine's memory that QEMU can hold in a file, if the store lies there
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
  foreach(variable IN ITEMS store_origin store_not_in_qemu input_not_in_qemu store_file_bytes machine boot_bytes uf2_family
    openocd pyocd probe_rs st_flash drive drive_erases)
    unset(board_${variable})
  endforeach()
  include(${board_folder}/board.cmake)
  # An image may be as long as the flash, or end where the store begins.
  set(board_image_bytes ${board_flash_bytes})
  if(board_store_origin)
    math(EXPR before_store "${board_store_origin} - ${board_flash_origin}")
    if(before_store GREATER 0 AND before_store LESS board_flash_bytes)
      set(board_image_bytes ${before_store})
    endif()
  endif()
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
