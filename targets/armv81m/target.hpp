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
template <Int8Blocks Blocks>
struct LaidOutInBlocks;
template <Int8Channels Known>
struct LaidOutDepthwise;

// The kernels that a layer needs, so that nothing else is in the image: those of any layer, but of a convolution's pairs of
// windows.
template <const auto& Operation>
struct KernelsOfLayer {
  using type = LaidOutKernels;
};
template <const auto& Operation>
  requires requires { Operation.in_place(); }
struct KernelsOfLayer<Operation> {
  using type = LaidOutInBlocks<Int8Blocks::of(Operation.matrix(), Operation.in_place())>;
};
template <const auto& Operation>
  requires requires { Int8Channels::of(Operation.matrix()); }
struct KernelsOfLayer<Operation> {
  using type = LaidOutDepthwise<Int8Channels::of(Operation.matrix())>;
};

// The loop of an Add whose scales are constants.
template <Int8SumLoop Loop>
struct AddsBy;
template <const auto& Operation>
  requires(std::is_same_v<decltype(Operation.sum()), nn::Int8Sum> && Operation.more_bits == 20)
struct LoopOfSum : std::integral_constant<Int8SumLoop, thirteen_registers ? loop_of(Operation.sum()) : Int8SumLoop::none> {};

struct Kernels : FpuKernels {
  using LaidOut = LaidOutKernels;
  using FpuKernels::int8_laid_out_bytes;
  using FpuKernels::int8_lay_out;
  template <const auto& Operation>
  using LaidOutOf = typename KernelsOfLayer<Operation>::type;
  template <const auto& Operation>
    requires(LoopOfSum<Operation>::value != Int8SumLoop::none)
  using ConstantsOf = AddsBy<LoopOfSum<Operation>::value>;

  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8RowsOf<Rounding>& m) {
    return m.simple && thirteen_registers ? Int8Layout::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8DepthwiseOf<Rounding>& m) {
    return m.simple && thirteen_registers && m.multiplier == 1 && Int8DepthwiseLayout::fits(m) ? Int8DepthwiseLayout::bytes(m)
                                                                                               : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) { Int8Layout::lay_out(m, to); }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8DepthwiseOf<Rounding>& m, std::int8_t* to) {
    Int8DepthwiseLayout::lay_out(m, to);
  }
  static constexpr bool int8_walks_rows = true;
  static constexpr bool repeats_passes = true;
  template <class Rounding>
  static constexpr bool int8_reads_runs(const nn::Int8RowsOf<Rounding>& m, std::int32_t length) {
    return m.laid_out != nullptr && (length % 16 == 0 || length == m.depth);
  }

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
  static constexpr void int8_two_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows,
                                                  std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_two_windows_in_place(m, windows, y);
    if constexpr (thirteen_registers) AnyTwoWindows::run(m, windows, 1, false, y);
  }
  template <class Rounding>
  static constexpr void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr) return FpuKernels::int8_depthwise(m, window, y);
    if constexpr (thirteen_registers) any_depthwise(m, window, y);
  }
  template <class Self, class Rounding>
  static constexpr void int8_windows_in_place(const nn::Int8RowsOf<Rounding>& m, nn::Int8Runs windows, std::int32_t count,
                                              bool backward, std::int8_t* y) {
    if (std::is_constant_evaluated() || m.laid_out == nullptr)
      return FpuKernels::int8_windows_in_place<Self>(m, windows, count, backward, y);
    if constexpr (thirteen_registers) windows_in_place<AnyTwoWindows>(m, windows, count, backward, y);
  }

  // Short rows to a place below, which may lie over theirs.
  static void move_down(std::byte* to, const std::byte* from, std::int32_t bytes) {
    Int8Gather::copy(reinterpret_cast<std::int8_t*>(to), reinterpret_cast<const std::int8_t*>(from), bytes);
  }

  static constexpr bool adds_by_tables = false;
  template <int MoreBits, class Code>
  static constexpr void add_codes(const nn::Int8Sum& m, const Code* a, const Code* b, Code* y) {
    if constexpr (sizeof(Code) == 1 && MoreBits == 20 && thirteen_registers)
      if (!std::is_constant_evaluated()) switch (loop_of(m)) {
        case Int8SumLoop::to_half: return add_by<Int8SumLoop::to_half>(m, a, b, y);
        case Int8SumLoop::sums: return add_by<Int8SumLoop::sums>(m, a, b, y);
        case Int8SumLoop::differences: return add_by<Int8SumLoop::differences>(m, a, b, y);
        case Int8SumLoop::none: break;
      }
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

  // Of channels four by four.
  template <class Code>
    requires(sizeof(Code) == 1 && thirteen_registers)
  static void add_sums(const nn::Int8Pool<Code>& window, std::int32_t* sums) {
    add_windows(window, sums);
  }

  template <class Rounding>
  static void any_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, const nn::Int8Window& window, std::int8_t* y) {
    if (m.rows == 3 && m.columns == 3)
      Int8DepthwiseHelium<Int8Channels::any(true)>::run(m, window, 0, 1, false, y);
    else
      Int8DepthwiseHelium<Int8Channels::any(false)>::run(m, window, 0, 1, false, y);
  }
  template <class TwoWindows, class Rounding>
  static void windows_in_place(const nn::Int8RowsOf<Rounding>& m, nn::Int8Runs windows, std::int32_t count, bool backward,
                               std::int8_t* y) {
    const nn::Int8Runs first = windows;
    if (backward) windows.x += (count - 2) * windows.next;
    TwoWindows::run(m, windows, count / 2, backward, backward ? y + (count - 2) * m.outputs : y);
    if (count % 2 == 0) return;
    windows.x = backward ? first.x : first.x + (count - 1) * first.next;
    Int8OneWindow::run(m, windows, backward ? y : y + (count - 1) * m.outputs);
  }
};

template <Int8SumLoop Loop>
struct AddsBy : Kernels {
  template <int MoreBits>
  static void add_codes(const nn::Int8Sum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    add_by<Loop>(m, a, b, y);
  }
};

// Of layers that are laid out.
struct LaidOutKernels : OnLaidOutGates<Kernels> {
  static constexpr bool prepared = true;  // nn/graph/prepared.hpp
  static void int8_fill(std::int8_t* to, std::int32_t count, std::int8_t code) { Int8Gather::fill(to, count, code); }
  // Windows within the image, one after another.
  static void int8_gather_within(const nn::Int8Runs& windows, std::int32_t count, std::int8_t* to, std::int32_t apart) {
    if (windows.length < 128) return Int8Gather::within(windows, count, to, apart);
    for (std::int32_t k = 0; k < count; ++k)
      Int8Gather::run({windows.x + k * windows.next, windows.step, 0, windows.runs, 0, 0, windows.length, 0}, 0, to + k * apart);
  }
  template <class Rounding>
  static void int8_window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    Int8OneWindow::run(m, {x, 1, m.depth, m.depth, m.depth}, y);
  }
  template <class Rounding>
  static void int8_two_windows(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    AnyTwoWindows::run(m, {x, 1, m.depth, m.depth, m.depth}, 1, false, y);
  }
  template <class Rounding>
  static void int8_window_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& window, std::int8_t* y) {
    Int8OneWindow::run(m, window, y);
  }
  template <class Rounding>
  static void int8_two_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int8_t* y) {
    AnyTwoWindows::run(m, windows, 1, false, y);
  }
  template <class Self, class Rounding>
  [[gnu::noinline]] static void int8_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows,
                                                      std::int32_t count, bool backward, std::int8_t* y) {
    windows_in_place<AnyTwoWindows>(m, windows, count, backward, y);
  }
  // Gathered windows lie like those that stand; else each is filled up to whole vectors.
  template <class Rounding>
  static constexpr nn::Int8Runs int8_gathered(const nn::Int8RowsOf<Rounding>& m) {
    if (m.run != m.depth && m.run % 16 == 0) return {nullptr, m.depth / m.run, m.run, m.run, m.depth};
    const std::int32_t next = m.run == m.depth ? m.depth : (m.depth + 15) / 16 * 16;
    return {nullptr, 1, next, next, next};
  }
  template <class Rounding>
  static void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    any_depthwise(m, window, y);
  }
};

// Of layers whose windows are those of Blocks.
template <Int8Blocks Blocks>
struct LaidOutInBlocks : LaidOutKernels {
  using Shared = LaidOutKernels;
  using TwoWindows = Int8TwoWindows<Blocks>;

  template <class Self, class Rounding>
  static void int8_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int32_t count,
                                    bool backward, std::int8_t* y) {
    windows_in_place<TwoWindows>(m, windows, count, backward, y);
  }
  template <class Rounding>
  static void int8_two_windows_in_place(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int8_t* y) {
    TwoWindows::run(m, windows, 1, false, y);
  }
};

// Of depthwise layers of which this is known: rows of windows within the image, and windows at its edge.
template <Int8Channels Known>
struct LaidOutDepthwise : LaidOutKernels {
  template <class Rounding>
  static void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    Int8DepthwiseHelium<Known>::run(m, window, 0, 1, false, y);
  }
  template <class Rounding>
  static void int8_depthwise_row(const nn::Int8DepthwiseOf<Rounding>& m, const nn::Int8Window& window, std::int32_t next,
                                 std::int32_t count, bool backward, std::int8_t* y) {
    Int8DepthwiseHelium<Known>::run(m, window, next, count, backward, y);
  }
  template <class Rounding>
    requires(Known.three_by_three)
  static void int8_depthwise_at_edge(const nn::Int8DepthwiseOf<Rounding>& m, const nn::Int8Window& image, std::int32_t corner,
                                     const auto& rows, const auto& columns, const std::int8_t* padding, std::int8_t* y) {
    Int8DepthwiseHelium<Known>::run_at_edge(m, image, corner, rows, columns, padding, y);
  }
};

}  // namespace target
