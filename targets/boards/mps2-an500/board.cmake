# Arm MPS2, application note 500 (Cortex-M7): ZBT SRAM 1 as flash, 2 and 3 as RAM
set(board_core m7)
set(board_flash_origin 0x00000000)
set(board_flash_bytes 4194304)
set(board_ram_origin 0x20000000)
set(board_ram_bytes 4194304)
set(board_machine mps2-an500)
