# Cortex-M4 without FPU: float operations are library calls, as on a Cortex-M3, whose kernels it takes.
set(core_flags "-mcpu=cortex-m4 -mfloat-abi=soft")
set(core_kernels armv7m)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
