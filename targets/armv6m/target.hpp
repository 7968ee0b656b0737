// Kernels for Cortex-M0 and M0+. They have no FPU: every float operation is a library call, so the portable loops are as
// good as any.
#pragma once

#include "../float_options.hpp"
#include "fixed_rows.hpp"

#include "fixed_kernels.hpp"

namespace target {
using Kernels = FixedKernels;
}
