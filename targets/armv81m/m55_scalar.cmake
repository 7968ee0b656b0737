# Cortex-M55 without Helium, whose kernels are those of Cortex-M4F.
set(core_flags "-mcpu=cortex-m55+nomve -mfloat-abi=hard")
set(core_kernels armv7em)
set(core_instructions kernels:vmul.f32 fused_kernels:vfma.f32 fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
