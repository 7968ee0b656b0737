# Arm MPS2, application note 505 (Cortex-M33, secure): SSRAM 1 as flash, 2 and 3 as RAM
set(board_core m33f)
set(board_flash_origin 0x10000000)
set(board_flash_bytes 4194304)
set(board_ram_origin 0x38000000)
set(board_ram_bytes 4194304)
set(board_machine mps2-an505)
