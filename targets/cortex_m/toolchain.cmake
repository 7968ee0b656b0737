# arm-none-eabi g++ for a Cortex-M, or clang++ with -DCROSS_COMPILER=clang++ (and the C library and linker of the former). The
# file of a core, targets/<architecture>/<core>.cmake, sets core_flags and includes this. Kernels are those of the architecture,
# unless it sets core_kernels; core_instructions are those that its tests must hold, as <test>:<mnemonic>.
set(CROSS_COMPILER g++ CACHE STRING "g++ or clang++")
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CROSS_COMPILER)
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

string(CONCAT flags "${core_flags} -mthumb -ffunction-sections -fdata-sections -fno-exceptions -fno-rtti -fno-threadsafe-statics "
  "-fno-unwind-tables -fno-asynchronous-unwind-tables -fno-math-errno")
if(CROSS_COMPILER STREQUAL clang++)
  set(CMAKE_CXX_COMPILER clang++)
  set(CMAKE_CXX_COMPILER_TARGET thumb-none-eabi)
  # The folders of the C and C++ libraries for this core, as g++ says; not those of g++ itself.
  separate_arguments(arguments UNIX_COMMAND "${core_flags} -mthumb -E -v -x c++ /dev/null")
  execute_process(COMMAND arm-none-eabi-g++ ${arguments} OUTPUT_QUIET ERROR_VARIABLE said)
  string(REGEX MATCHALL "\n /[^\n]*/arm-none-eabi/include[^\n]*" folders "${said}")
  list(TRANSFORM folders REPLACE "\n " " -isystem ")
  list(JOIN folders "" folders)
  set(CMAKE_CXX_FLAGS_INIT "${flags} -fshort-enums -nostdlibinc${folders}")
  set(CMAKE_CXX_LINK_EXECUTABLE
    "arm-none-eabi-g++ ${core_flags} -mthumb -Wl,-z,noexecstack <CMAKE_CXX_LINK_FLAGS> <LINK_FLAGS> <OBJECTS> -o <TARGET> \
<LINK_LIBRARIES>")
else()
  set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
  set(CMAKE_CXX_FLAGS_INIT "${flags} -fcallgraph-info=su,da")
endif()
set(CMAKE_OBJCOPY arm-none-eabi-objcopy)  # under clang++, too: CMake would take the host's where LLVM's is missing
set(CMAKE_CXX_FLAGS_RELEASE "-O2" CACHE STRING "")
# newlib's small build; Debian after 13 has picolibc instead, which needs no specs here.
execute_process(COMMAND arm-none-eabi-g++ -print-file-name=nano.specs OUTPUT_VARIABLE specs OUTPUT_STRIP_TRAILING_WHITESPACE)
if(IS_ABSOLUTE "${specs}")
  set(specs --specs=nano.specs)
else()
  set(specs)
endif()
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostartfiles ${specs} -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments")
set(CMAKE_EXECUTABLE_SUFFIX_CXX .elf)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
