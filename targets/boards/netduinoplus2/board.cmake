# Netduino Plus 2 (STM32F405RG, Cortex-M4F); its 64 KiB of core-coupled RAM are not used
set(board_core m4f)
set(board_flash_origin 0x08000000)
set(board_flash_bytes 1048576)
set(board_ram_origin 0x20000000)
set(board_ram_bytes 131072)
set(board_machine netduinoplus2)
