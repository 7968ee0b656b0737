# Cortex-M7 with double-precision FPU
set(core_flags "-mcpu=cortex-m7 -mfloat-abi=hard -mfpu=fpv5-d16")
set(core_instructions kernels:vmul.f32 fused_kernels:vfma.f32 fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
