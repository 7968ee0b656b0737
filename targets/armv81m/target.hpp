// Kernels for Cortex-M55: of quantized layers, on Helium; all others are those of Cortex-M4F, which it executes too.
#pragma once

#include <type_traits>

#include "../armv7em/fpu_kernels.hpp"
#include "int8_add.hpp"
#include "int8_depthwise.hpp"
#include "int8_gather.hpp"
#include "int8_layout.hpp"
#include "int8_one_window.hpp"
#include "int8_pool.hpp"
#include "int8_two_windows.hpp"

namespace target {

struct LaidOutKernels;

struct Kernels : FpuKernels {
  using LaidOut = LaidOutKernels;

  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8RowsOf<Rounding>& m) { return m.simple && thirteen_registers ? Int8Layout::bytes(m) : 0; }
  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8DepthwiseOf<Rounding>& m) {
    return m.simple && thirteen_registers && m.multiplier == 1 && Int8DepthwiseLayout::fits(m) ? Int8DepthwiseLayout::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) { Int8Layout::lay_out(m, to); }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8DepthwiseOf<Rounding>& m, std::int8_t* to) { Int8DepthwiseLayout::lay_out(m, to); }
  static constexpr bool int8_walks_rows = true;
  template <class Rounding>
  static constexpr bool int8_reads_runs(const nn::Int8RowsOf<Rounding>& m, std::int32_t length) { return m.laid_out != nullptr && length % 16 == 0; }

  static constexpr void int8_gather(const nn::Int8Edge& window, std::int8_t zero, std::int8_t* to) {
    if constexpr (thirteen_registers)
      if (!std::is_constant_evaluated()) return Int8Gather::run(window, zero, to);
    FpuKernels::int8_gather(window, zero, to);
  }
  template <class Rounding>
  static constexpr void int8_window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_window(m, x, y);
    int8_window_in_place(m, nn::Int8Runs{x, 1, m.depth, m.depth, m.depth}, y);
  }
  template <class Rounding>
  static constexpr void int8_two_windows(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_two_windows(m, x, y);
    int8_two_windows_in_place(m, {x, 1, m.depth, m.depth, m.depth}, y);
  }
  template <class Rounding>
  static constexpr void int8_window_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& window, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_window_in_place(m, window, y);
    if constexpr (thirteen_registers) Int8OneWindow::run(m, window, y);
  }
  template <class Rounding>
  static constexpr void int8_two_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_two_windows_in_place(m, windows, y);
    if constexpr (thirteen_registers) two_windows(m, windows, 1, false, y);
  }
  template <class Rounding>
  static constexpr void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_depthwise(m, window, y);
    if constexpr (thirteen_registers) Int8DepthwiseHelium::run(m, window, y);
  }
  template <class Self, class Rounding>
  static constexpr void int8_windows_in_place(const nn::Int8RowsOf<Rounding>& m, nn::Int8Runs windows, std::int32_t count, bool backward, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_windows_in_place<Self>(m, windows, count, backward, y);
    if constexpr (thirteen_registers) windows_in_place(m, windows, count, backward, y);
  }

  template <int MoreBits, class Code>
  static constexpr void add_codes(const nn::Int8Sum& m, const Code* a, const Code* b, Code* y) {
    if constexpr (sizeof(Code) == 1 && thirteen_registers)
      if (!std::is_constant_evaluated() && m.a_step == 1 && m.b_step == 1 && SimpleTerm::possible(m.a_scale) && SimpleTerm::possible(m.b_scale) &&
          SimpleTerm::shifts(m.scale))
        return m.sign < 0 ? add_rows<MoreBits, true>(m, a, b, y) : add_rows<MoreBits, false>(m, a, b, y);
    FpuKernels::add_codes<MoreBits>(m, a, b, y);
  }

  static constexpr void add_half_up(const auto& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    if (!std::is_constant_evaluated() && m.shape.a_step[4] == 1 && m.shape.b_step[4] == 1) return add_half_up_rows(m, a, b, y);
    FpuKernels::add_half_up(m, a, b, y);
  }

  template <class Self, class Code>
  static constexpr void largest(const nn::Int8Pool<Code>& window, Code least, Code most, Code* y) {
    if constexpr (sizeof(Code) == 1 && thirteen_registers)
      if (!std::is_constant_evaluated()) return largest_of(window, least, most, y);
    FpuKernels::largest<Self>(window, least, most, y);
  }
  template <class Code>
  static constexpr void sum_of_four(const nn::Int8Pool<Code>& window, std::int32_t (&sum)[4]) {
    if constexpr (sizeof(Code) == 1 && thirteen_registers)
      if (!std::is_constant_evaluated()) return sum_of(window, sum);
    FpuKernels::sum_of_four(window, sum);
  }

  template <class Rounding>
  static void windows_in_place(const nn::Int8RowsOf<Rounding>& m, nn::Int8Runs windows, std::int32_t count, bool backward, std::int8_t* y) {
    const nn::Int8Runs first = windows;
    if (backward) windows.x += (count - 2) * windows.next;
    two_windows(m, windows, count / 2, backward, backward ? y + (count - 2) * m.outputs : y);
    if (count % 2 == 0) return;
    windows.x = backward ? first.x : first.x + (count - 1) * first.next;
    Int8OneWindow::run(m, windows, backward ? y : y + (count - 1) * m.outputs);
  }
  template <class Rounding>
  static void two_windows(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int32_t pairs, bool backward, std::int8_t* y);
};

// The loops that suit the lengths of the runs.
template <class Rounding>
[[gnu::noinline]] void Kernels::two_windows(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int32_t pairs, bool backward, std::int8_t* y) {
  const std::int32_t vectors = windows.length / 16;
  using enum Int8Loop;
  if (windows.length % 16 != 0) {
    switch (vectors) {
      case 0: return Int8TwoWindows<0, none, true>::run(m, windows, pairs, backward, y);
      case 1: return Int8TwoWindows<1, none, true>::run(m, windows, pairs, backward, y);
      case 2: return Int8TwoWindows<2, none, true>::run(m, windows, pairs, backward, y);
      default: break;
    }
    if (vectors % 2 == 0) return Int8TwoWindows<2, chunks, true>::run(m, windows, pairs, backward, y);
    return Int8TwoWindows<1, chunks, true>::run(m, windows, pairs, backward, y);
  }
  if (windows.runs == 1 && vectors <= 4) {
    switch (vectors) {
      case 1: return Int8TwoWindows<1, none, false>::run(m, windows, pairs, backward, y);
      case 2: return Int8TwoWindows<2, none, false>::run(m, windows, pairs, backward, y);
      case 3: break;
      default: return Int8TwoWindows<4, none, false>::run(m, windows, pairs, backward, y);
    }
  }
  if (vectors == 3) return Int8TwoWindows<3, runs, false>::run(m, windows, pairs, backward, y);
  if (vectors % 4 == 0) return Int8TwoWindows<4, chunks, false>::run(m, windows, pairs, backward, y);
  if (vectors % 3 == 0) return Int8TwoWindows<3, chunks, false>::run(m, windows, pairs, backward, y);
  Int8TwoWindows<1, chunks, false>::run(m, windows, pairs, backward, y);
}

// Of layers that are laid out.
struct LaidOutKernels : Kernels {
  template <class Rounding>
  static void int8_window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    Int8OneWindow::run(m, {x, 1, m.depth, m.depth, m.depth}, y);
  }
  template <class Rounding>
  static void int8_two_windows(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    two_windows(m, {x, 1, m.depth, m.depth, m.depth}, 1, false, y);
  }
  template <class Rounding>
  static void int8_window_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& window, std::int8_t* y) { Int8OneWindow::run(m, window, y); }
  template <class Rounding>
  static void int8_two_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int8_t* y) {
    two_windows(m, windows, 1, false, y);
  }
  template <class Self, class Rounding>
  [[gnu::noinline]] static void int8_windows_in_place(const nn::Int8RowsOf<Rounding>& m, nn::Int8Runs windows, std::int32_t count, bool backward, std::int8_t* y) {
    windows_in_place(m, windows, count, backward, y);
  }
  template <class Rounding>
  static void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) { Int8DepthwiseHelium::run(m, window, y); }
};

}  // namespace target
