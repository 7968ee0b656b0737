# Cortex-M4 with single-precision FPU
set(core_flags "-mcpu=cortex-m4 -mfloat-abi=hard -mfpu=fpv4-sp-d16")
set(core_instructions kernels:vmul.f32 fused_kernels:vfma.f32 fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
