# arm-none-eabi g++ for a Cortex-M. The file of a core, targets/<architecture>/<core>.cmake, sets core_flags and includes this.
# Kernels are those of the architecture, unless it sets core_kernels; core_instructions are those that its tests must hold, as
# <test>:<mnemonic>.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

string(CONCAT CMAKE_CXX_FLAGS_INIT
  "${core_flags} -mthumb -ffunction-sections -fdata-sections -fno-exceptions -fno-rtti -fno-threadsafe-statics "
  "-fno-unwind-tables -fno-asynchronous-unwind-tables -fno-math-errno -fcallgraph-info=su,da")
set(CMAKE_CXX_FLAGS_RELEASE "-O2" CACHE STRING "")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostartfiles --specs=nano.specs -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments")
set(CMAKE_EXECUTABLE_SUFFIX_CXX .elf)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
