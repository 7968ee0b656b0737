# For the very processor of this machine, optimized and without a warning: learning leaves vector registers as others want them,
# and the keyword model's and ResNet's headers compile.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

set(compile ${COMPILER} -std=gnu++20 -O3 -march=native -ffp-contract=off -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow
  -Wdouble-promotion -Werror
  -I${SOURCE}/tests -I${SOURCE} -I${SOURCE}/targets/host)
execute_process(COMMAND uname -m OUTPUT_VARIABLE machine OUTPUT_STRIP_TRAILING_WHITESPACE)
if(machine STREQUAL x86_64)
  succeeds(${compile} ${SOURCE}/tests/tools/upper_halves.cpp -o upper_halves)
  succeeds(./upper_halves)
endif()

set(golden ${FOLDER}/../../golden)
if(NOT EXISTS ${golden}/golden_resnet8.cpp)
  message("skipped: there are no models")
  return()
endif()
file(WRITE ${FOLDER}/both.cpp "#include \"${golden}/golden_resnet8.cpp\"\n#define main kws_main\nint main();\n\
#include \"${golden}/golden_kws.cpp\"\n")
succeeds(${compile} -I${SOURCE}/tests/golden -I${golden}/imported -c both.cpp -o both.o)
