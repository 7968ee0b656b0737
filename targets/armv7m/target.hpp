// Kernels for Cortex-M3. It has no FPU: every float operation is a library call, so the portable loops are as good as any.
#pragma once

#include "fixed_rows.hpp"

#include "../armv6m/fixed_kernels.hpp"

namespace target {
using Kernels = FixedKernels;
}
