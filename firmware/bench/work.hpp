// The one piece of work of a program: the first line of its source names it, and the arithmetics to measure it in.
#pragma once

#include "measure.hpp"

namespace bench {

inline constexpr Work work{BENCH_WORK, BENCH_ARITHMETIC};

}  // namespace bench
