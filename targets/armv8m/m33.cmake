# Cortex-M33 without FPU and DSP
set(core_flags "-mcpu=cortex-m33+nofp+nodsp")
include(${CMAKE_CURRENT_LIST_DIR}/../cortex_m/toolchain.cmake)
