# BBC micro:bit (nRF51822, Cortex-M0), the variant with 16 KiB of RAM
set(board_core m0)
set(board_flash_origin 0x00000000)
set(board_flash_bytes 262144)
set(board_ram_origin 0x20000000)
set(board_ram_bytes 16384)
set(board_machine microbit)
