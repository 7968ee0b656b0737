// Kernels for Cortex-M4 and M33 without FPU: their DSP instructions. Every float operation is a library call, so the portable
// loops are as good as any.
#pragma once

#include <type_traits>

#include "../armv7m/integer_root.hpp"
#include "../float_options.hpp"
#include "dsp_kernels.hpp"

namespace target {

struct SoftFloatKernels : DspKernels {
  static constexpr bool has_fpu = false;

  static constexpr std::uint32_t integer_root(std::uint64_t x) {
    if (std::is_constant_evaluated()) return Portable::integer_root(x);
    return target::integer_root(x, RootByDivision{});
  }
};

}  // namespace target
