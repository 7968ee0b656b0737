# Cortex-M3
set(core_flags "-mcpu=cortex-m3")
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
