// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]       b  [outputs], the input's zero point folded in
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
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

  // kernel(two, p) for output pixels [from, to), forward or backward, two at a time.
  [[gnu::always_inline]] static constexpr void by_two(bool backward, std::int32_t from, std::int32_t to, auto kernel) {
    std::int32_t left = to - from;
    for (; left > 1; left -= 2) kernel(true, backward ? from + left - 2 : to - left);
    if (left > 0) kernel(false, backward ? from : to - 1);
  }

  // Output pixels [from, to), whose windows are gathered; `walk` stands at the first of them, or, walking backward, at the last.
  template <class Kernels>
  [[gnu::noinline]] void gathered(const Int8RowsOf<Rounding>& rows, graph::Call call, graph::Walk walk, std::int32_t from, std::int32_t to, std::int8_t* y,
                                            const std::int8_t* x) const {
    std::int8_t* const lower = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(2 * gathered_bytes<Kernels>()));
    for (std::int32_t left = to - from; left > 0; left -= 2) {
      const bool two = left > 1;
      std::int8_t* const upper = lower + (two ? gathered_bytes<Kernels>() : 0);
      graph::gather_window_by<Kernels>(window, walk.place(), x, zero, call.backward ? upper : lower);
      walk.next();
      if (two) {
        graph::gather_window_by<Kernels>(window, walk.place(), x, zero, call.backward ? lower : upper);
        walk.next();
      }
      const std::int32_t p = !call.backward ? to - left : two ? from + left - 2 : from;
      windows_behind<Kernels>(rows, two, lower, y + p * rows.outputs);
    }
  }

  // In each row of the output, the windows that do not reach over the edge are read where they stand, or gathered without asking.
  template <class Kernels>
  void row_by_row(const Int8RowsOf<Rounding>& rows, bool stand, graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t width = window.output.width;
    const std::int32_t next = window.stride.width * channels;
    const Int8Runs runs{x, window.kernel.height, window.kernel.width * channels, window.dilation.height * window.input.width * channels, next};
    // Two windows at once are worth gathering one that would stand.
    const graph::Window::Whole whole = window.whole_columns(!stand || rows.depth >= 128 ? 2 : 1);
    std::int8_t* const scratch = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(2 * gathered_bytes<Kernels>()));
    for (std::int32_t n = window.batch * window.output.height, done = 0; done < n; ++done) {
      const std::int32_t row = call.backward ? n - 1 - done : done;
      const graph::Walk walk{window, call.backward, row};
      std::int8_t* const to = y + row * width * rows.outputs;
      const bool inside = walk.whole_rows();
      const std::int32_t first = inside ? whole.first : width, end = inside ? whole.end : width;
      const auto at_the_edge = [&](std::int32_t from, std::int32_t last) {
        if (from < last) gathered<Kernels>(rows, call, walk.at_column(call.backward ? last - 1 : from), from, last, to, x);
      };
      if (call.backward) at_the_edge(end, width);
      if (!call.backward) at_the_edge(0, first);
      if (first < end) {
        Int8Runs windows = runs;
        windows.x = x + window.pixel(walk.at_column(first).place(), 0, 0) * channels;
        if (stand)
          Kernels::template int8_windows_in_place<Kernels>(rows, windows, end - first, call.backward, to + first * rows.outputs);
        else if constexpr (requires { Kernels::int8_windows_gathered(rows, windows, width, call.backward, scratch, to); })
          Kernels::int8_windows_gathered(rows, windows, end - first, call.backward, scratch, to + first * rows.outputs);
        else
          by_two(call.backward, 0, end - first, [&](bool two, std::int32_t p) {
            for (std::int32_t k = 0; k < (two ? 2 : 1); ++k)
              Kernels::int8_gather({windows.x + (p + k) * next, runs.step, 0, runs.runs, 0, 0, runs.length, 0}, zero, scratch + k * gathered_bytes<Kernels>());
            windows_behind<Kernels>(rows, two, scratch, to + (first + p) * rows.outputs);
          });
      }
      if (call.backward) at_the_edge(0, first);
      if (!call.backward) at_the_edge(end, width);
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
