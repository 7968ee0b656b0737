# The keyword model's and ResNet's headers compile for the very processor of this machine, optimized, without a warning.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

set(golden ${FOLDER}/../../golden)
if(NOT EXISTS ${golden}/golden_resnet8.cpp)
  message("skipped: there are no models")
  return()
endif()
foreach(model kws resnet8)
  succeeds(${COMPILER} -std=gnu++20 -O3 -march=native -ffp-contract=off -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion -Werror
    -I${SOURCE}/tests/golden -I${SOURCE}/tests -I${golden}/imported -I${SOURCE} -I${SOURCE}/targets/host -c ${golden}/golden_${model}.cpp -o ${model}.o)
endforeach()
