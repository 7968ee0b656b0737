// Kernels for Cortex-M3. It has no FPU: every float operation is a library call, so the portable loops are as good as any.
// Those of quantized layers have an end of their own.
#pragma once

#include <type_traits>

#include "fixed_rows.hpp"

#include "../armv6m/fixed_kernels.hpp"
#include "../armv6m/int8_laid_out.hpp"
#include "../float_options.hpp"
#include "int8_depthwise.hpp"
#include "int8_elements.hpp"
#include "int8_output.hpp"
#include "int8_quads.hpp"
#include "integer_root.hpp"
#include "row_descent.hpp"

namespace target {

struct LaidOutKernels;

struct Kernels : LayingOut<FixedKernels, Int8Quads, Int8QuadChannels, fourteen_registers>, RowDescent {
  using LaidOut = LaidOutKernels;
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

  template <class Kernels, class Code>
  static constexpr void largest(const nn::Int8Pool<Code>& window, Code least, Code most, Code* y) {
    if constexpr (sizeof(Code) == 1)
      if (!std::is_constant_evaluated() && window.channels % 4 == 0) return Int8Elements::largest(window, least, most, y);
    Portable::largest<Kernels>(window, least, most, y);
  }
  template <int MoreBits, class Code>
  static constexpr void add_codes(const nn::Int8Sum& m, const Code* a, const Code* b, Code* y) {
    if constexpr (sizeof(Code) == 1)
      if (!std::is_constant_evaluated() && Int8Elements::possible(m)) return Int8Elements::add_codes<MoreBits>(m, a, b, y);
    Portable::add_codes<MoreBits>(m, a, b, y);
  }
  static constexpr void add_terms(const nn::Int8TermSum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    if (std::is_constant_evaluated() || !Int8Outlet::fits(m.scale)) return Portable::add_terms(m, a, b, y);
    Int8Elements::add_terms(m, a, b, y);
  }

  static constexpr std::uint32_t integer_root(std::uint64_t x) {
    if (std::is_constant_evaluated()) return Portable::integer_root(x);
    return target::integer_root(x, RootByDivision{});
  }
};

// Of layers that are laid out.
struct LaidOutKernels : OnLaidOut<Kernels, Int8Quads, Int8QuadChannels> {};

}  // namespace target
