// No FPU: every float operation is a library call, so the portable loops are as good as any.
#pragma once

#include "nn/kernels.hpp"

namespace target {
using Kernels = nn::Portable;
}
