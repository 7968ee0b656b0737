// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]       b  [outputs], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/laid_out.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/pieces_of_rows.hpp"
#include "nn/graph/walk.hpp"
#include "nn/graph/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct Conv2dOf {
  static constexpr std::string_view kind = "Conv2d";

  graph::Window window;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows that are the input one after another are read where they stand.
  constexpr bool in_place() const { return window.end_to_end(); }
  // Pairs of windows are gathered before their outputs are written, unless they are read where they stand.
  template <class Kernels = Portable>
  constexpr graph::Overlap overlap(int) const {
    return window.overlap(in_place() || Kernels::int8_walks_rows ? 2 : 0);
  }
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const {
    if constexpr (requires { Kernels::int8_convolution_scratch(window); }) return Kernels::int8_convolution_scratch(window);
    return in_place() ? 0 : 2 * gathered_bytes<Kernels>();
  }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("zero", zero);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("bias", graph::listed(bias, window.output.channels));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : window.output.channels));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
  }

  constexpr Int8RowsOf<Rounding> matrix() const {
    const std::int32_t run = (window.dilation.width == 1 ? window.kernel.width : 1) * window.input.channels;
    return {weight, bias, scale, scale_step, depth(), window.output.channels, range, simple, laid_out, run};
  }

  // What a graph runs in its place.
  template <const auto& Self>
  static constexpr const auto& simplified();

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const Int8RowsOf<Rounding> rows = matrix();
    if constexpr (requires { Kernels::int8_convolution(window, rows, zero, call, y, x); })
      Kernels::int8_convolution(window, rows, zero, call, y, x);
    else
      run_by_windows<Kernels>(rows, call, y, x);
  }

 private:
  template <class Kernels>
  void run_by_windows(const Int8RowsOf<Rounding>& rows, graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    if (in_place()) {
      const std::int8_t* const first = x + window.pixel(window.place(0), 0, 0) * window.input.channels;
      const Int8Runs windows{first, 1, rows.depth, rows.depth, rows.depth};
      return Kernels::template int8_windows_in_place<Kernels>(rows, windows, window.pixels(), call.backward, y);
    }
    if constexpr (Kernels::int8_walks_rows) {
      const bool stand = Kernels::int8_reads_runs(rows, window.kernel.width * window.input.channels);
      if (window.dilation.width == 1 && (stand || window.output.width >= 8)) return row_by_row<Kernels>(rows, stand, call, y, x);
    }
    gathered<Kernels>(rows, call, graph::Walk{window, call.backward}, 0, window.pixels(), y, x);
  }

  // Output pixels [from, to), whose windows are gathered; `walk` stands at the first of them, or, walking backward, at the last.
  template <class Kernels>
  [[gnu::noinline]] void gathered(const Int8RowsOf<Rounding>& rows, graph::Call call, graph::Walk walk, std::int32_t from, std::int32_t to, std::int8_t* y,
                                  const std::int8_t* x) const {
    std::int8_t* const lower = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(2 * gathered_bytes<Kernels>()));
    for (std::int32_t left = to - from; left > 0; left -= 2) {
      const bool two = left > 1;
      gather_two<graph::SharedKernels<Kernels>>(walk, two, call.backward, x, lower, gathered_bytes<Kernels>());
      const std::int32_t p = !call.backward ? to - left : two ? from + left - 2 : from;
      windows_behind<Kernels>(rows, two, lower, y + p * rows.outputs);
    }
  }
  // The window at which `walk` stands, and the next, which comes before it if it walks backward.
  template <class Kernels>
  [[gnu::noinline]] void gather_two(graph::Walk& walk, bool two, bool backward, const std::int8_t* x, std::int8_t* lower, std::int32_t bytes) const {
    std::int8_t* const upper = lower + (two ? bytes : 0);
    graph::gather_window_by<Kernels>(window, walk.place(), x, zero, backward ? upper : lower);
    walk.next();
    if (!two) return;
    graph::gather_window_by<Kernels>(window, walk.place(), x, zero, backward ? lower : upper);
    walk.next();
  }

  // In each row of the output, the windows that do not reach over the edge are read where they stand, or gathered without asking.
  template <class Kernels>
  [[gnu::noinline]] void row_by_row(const Int8RowsOf<Rounding>& rows, bool stand, graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t next = window.stride.width * channels;
    Int8Runs windows{x, window.kernel.height, window.kernel.width * channels, window.dilation.height * window.input.width * channels, next};
    std::int8_t* const scratch = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(2 * gathered_bytes<Kernels>()));
    // Two windows at once are worth gathering one that would stand.
    graph::PiecesOfRows pieces{window, call.backward, window.whole_columns(!stand || rows.depth >= 128 ? 2 : 1)};
    while (pieces.next()) {
      if (!pieces.within) {
        gathered<Kernels>(rows, call, pieces.walk(), pieces.from, pieces.to, y, x);
        continue;
      }
      windows.x = x + pieces.pixel * channels;
      const std::int32_t count = pieces.to - pieces.from;
      std::int8_t* const to = y + pieces.from * rows.outputs;
      if (stand)
        Kernels::template int8_windows_in_place<Kernels>(rows, windows, count, call.backward, to);
      else if constexpr (requires { Kernels::int8_windows_gathered(rows, windows, count, call.backward, scratch, to); })
        Kernels::int8_windows_gathered(rows, windows, count, call.backward, scratch, to);
      else
        for (std::int32_t left = count; left > 0; left -= 2) {
          const std::int32_t p = !call.backward ? count - left : left > 1 ? left - 2 : 0;
          for (std::int32_t k = 0; k < (left > 1 ? 2 : 1); ++k)
            Kernels::int8_gather({windows.x + (p + k) * next, windows.step, 0, windows.runs, 0, 0, windows.length, 0}, zero,
                                 scratch + k * gathered_bytes<Kernels>());
          windows_behind<Kernels>(rows, left > 1, scratch, to + p * rows.outputs);
        }
    }
  }

  // A core may read gathered windows as those that stand, further apart than they are long.
  template <class Kernels>
  constexpr std::int32_t gathered_bytes() const {
    if constexpr (requires { Kernels::int8_gathered(matrix(), nullptr); }) return Kernels::int8_gathered(matrix(), nullptr).next;
    return depth();
  }
  template <class Kernels>
  static void windows_behind(const Int8RowsOf<Rounding>& rows, bool two, const std::int8_t* x, std::int8_t* y) {
    if constexpr (requires { Kernels::int8_gathered(rows, x); }) {
      const Int8Runs windows = Kernels::int8_gathered(rows, x);
      return two ? Kernels::int8_two_windows_in_place(rows, windows, y) : Kernels::int8_window_in_place(rows, windows, y);
    }
    if (two)
      Kernels::int8_two_windows(rows, x, y);
    else
      Kernels::int8_window(rows, x, y);
  }
};

using Conv2d = Conv2dOf<Reference>;

}  // namespace nn::int8

#include "nn/int8/one_window.hpp"
