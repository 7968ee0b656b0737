# What -DBOARD=<folder of targets/boards> means: its architecture, toolchain and, under QEMU, its machine. To be included
# before project().
set(board_folder ${CMAKE_CURRENT_LIST_DIR}/boards/${BOARD})
if(NOT EXISTS ${board_folder}/board.cmake)
  file(GLOB boards RELATIVE ${CMAKE_CURRENT_LIST_DIR}/boards ${CMAKE_CURRENT_LIST_DIR}/boards/*)
  list(JOIN boards ", " boards)
  message(FATAL_ERROR "BOARD is ${BOARD}; expected host or one of ${boards}")
endif()
include(${board_folder}/board.cmake)
set(CMAKE_TOOLCHAIN_FILE ${CMAKE_CURRENT_LIST_DIR}/${board_isa}/toolchain.cmake CACHE FILEPATH "")
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/cortex_m/run_if_it_fits
  ${board_flash_bytes} ${board_ram_bytes} ${board_machine})
