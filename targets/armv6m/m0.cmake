# Cortex-M0
set(core_flags "-mcpu=cortex-m0")
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
