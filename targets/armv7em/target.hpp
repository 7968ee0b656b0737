// Kernels for Cortex-M4F and M7.
#pragma once

#include "dsp_kernels.hpp"

namespace target {

using Kernels = DspKernels;

}  // namespace target
