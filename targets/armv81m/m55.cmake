# Cortex-M55 with Helium. The compiler may use Helium for integers only: its float vectors flush denormals to zero, whatever
# FPSCR says (ARMv8-M Architecture Reference Manual, section E1.1: StandardFPSCRValue), so that -O3 would change the bits.
set(core_flags "-mcpu=cortex-m55+nomve.fp -mfloat-abi=hard")
set(core_instructions kernels:vmul.f32 fused_kernels:vfma.f32 fixed_kernels:smlald int8_kernels:vqrdmulh.s32)
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
