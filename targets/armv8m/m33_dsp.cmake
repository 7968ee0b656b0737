# Cortex-M33 with DSP, without FPU
set(core_flags "-mcpu=cortex-m33+nofp")
set(core_instructions fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
