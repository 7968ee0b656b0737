# Cortex-M33 with DSP, without FPU
set(core_flags "-mcpu=cortex-m33+nofp")
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
