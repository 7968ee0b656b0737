# Arm MPS2, application note 521 (two Cortex-M33; number 0, without FPU): SSRAM 1 as flash, 2 and 3 as RAM
set(board_core m33)
set(board_flash_origin 0x10000000)
set(board_flash_bytes 4194304)
set(board_ram_origin 0x38000000)
set(board_ram_bytes 4194304)
set(board_machine mps2-an521)
