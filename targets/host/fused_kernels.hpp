// The kernels of nn::FusedFloat on the host: the portable ones. Compiled for a processor with FMA (-march=x86-64-v3, native) they
// are its instructions, else calls of fmaf of the C library, which gives the same bits.
#pragma once

#include <cmath>
#include <type_traits>

#include "exponentials.hpp"
#include "nn/fused_kernels.hpp"

namespace target {

struct FusedKernels : nn::FusedKernels {
  using Fused = FusedKernels;

  // y[i] = e^(x[i] - highest); y may be x.
  static constexpr void exponentials(float* y, const float* x, float highest, std::size_t count) {
    if (!std::is_constant_evaluated()) return target::exponentials(y, x, highest, count);
    for (std::size_t i = 0; i < count; ++i) y[i] = nn::Elementary<float>::exp(x[i] - highest);
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    return std::sqrt(x);
  }
};

}  // namespace target
