# Cortex-M33 with single-precision FPU and DSP
set(core_flags "-mcpu=cortex-m33 -mfloat-abi=hard -mfpu=fpv5-sp-d16")
set(core_instructions kernels:vmul.f32 fused_kernels:vfma.f32 fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
