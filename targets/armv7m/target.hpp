// Kernels for Cortex-M3. It has no FPU: every float operation is a library call, so the portable loops are as good as any.
// Those of quantized layers have an end of their own.
#pragma once

#include <type_traits>

#include "fixed_rows.hpp"

#include "../armv6m/fixed_kernels.hpp"
#include "../float_options.hpp"
#include "int8_output.hpp"
#include "integer_root.hpp"

namespace target {

struct Kernels : FixedKernels {
  using FixedKernels::int8_depthwise;
  using FixedKernels::int8_two_windows;
  using FixedKernels::int8_window;

  static constexpr void int8_window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated()) return Portable::int8_window(m, x, y);
    Portable::int8_window<Int8Output>(m, x, y);
  }
  static constexpr void int8_two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated()) return Portable::int8_two_windows(m, x, y);
    Portable::int8_two_windows<Int8Output>(m, x, y);
  }
  static constexpr void int8_depthwise(const nn::Int8Depthwise& m, nn::Int8Window window, std::int8_t* y) {
    if (std::is_constant_evaluated()) return Portable::int8_depthwise(m, window, y);
    Portable::int8_depthwise<Int8Output>(m, window, y);
  }

  static constexpr std::uint32_t integer_root(std::uint64_t x) {
    if (std::is_constant_evaluated()) return Portable::integer_root(x);
    return target::integer_root(x, RootByDivision{});
  }
};

}  // namespace target
