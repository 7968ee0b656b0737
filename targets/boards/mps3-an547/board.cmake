# Arm MPS3, application note 547 (Cortex-M55, secure): ITCM as flash, DTCM as RAM
set(board_core m55)
set(board_flash_origin 0x10000000)
set(board_flash_bytes 524288)
set(board_ram_origin 0x30000000)
set(board_ram_bytes 524288)
set(board_machine mps3-an547)
