# Cortex-M4 without FPU: float operations are library calls.
set(core_flags "-mcpu=cortex-m4 -mfloat-abi=soft")
set(core_instructions fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
