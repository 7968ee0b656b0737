# The keyword model's header compiles for the very processor of this machine, optimized, without a warning.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

set(golden ${FOLDER}/../../golden)
if(NOT EXISTS ${golden}/imported/kws_int8.hpp)
  message("skipped: there is no keyword model")
  return()
endif()
succeeds(${COMPILER} -std=gnu++20 -O3 -march=native -ffp-contract=off -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion -Werror
  -I${SOURCE}/tests/golden -I${SOURCE}/tests -I${golden}/imported -I${SOURCE} -I${SOURCE}/targets/host -c ${golden}/golden_kws.cpp -o keywords.o)
