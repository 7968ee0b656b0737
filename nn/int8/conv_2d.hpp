// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]       b  [outputs], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

struct Conv2d {
  static constexpr std::string_view kind = "Conv2d";

  graph::Window window;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows that are the input one after another are read where they stand.
  constexpr bool in_place() const { return window.end_to_end(); }
  constexpr graph::Overlap overlap(int) const { return window.overlap(2); }
  constexpr std::int32_t scratch() const { return in_place() ? 0 : 2 * depth(); }
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

  template <class Kernels>
  void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const Int8Rows rows{weight, bias, scale, scale_step, depth(), window.output.channels, range, simple};
    const std::int32_t pixels = window.pixels();
    const bool read_in_place = in_place();
    std::int8_t* const gathered = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(scratch()));
    for (std::int32_t done = 0; done < pixels; done += 2) {
      const bool two = done + 1 < pixels;
      const std::int32_t p = !call.backward ? done : two ? pixels - 2 - done : 0;
      const std::int8_t* const row = read_in_place ? x + p * depth() : gathered;
      if (!read_in_place) {
        graph::gather_window(window, window.place(p), x, zero, gathered);
        if (two) graph::gather_window(window, window.place(p + 1), x, zero, gathered + depth());
      }
      if (two)
        Kernels::int8_two_windows(rows, row, y + p * rows.outputs);
      else
        Kernels::int8_window(rows, row, y + p * rows.outputs);
    }
  }
};

}  // namespace nn::int8
