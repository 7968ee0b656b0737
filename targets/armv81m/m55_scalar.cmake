# Cortex-M55 without Helium
set(core_flags "-mcpu=cortex-m55+nomve -mfloat-abi=hard")
set(core_instructions kernels:vmul.f32 fixed_kernels:smlald)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
