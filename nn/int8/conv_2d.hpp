// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]       b  [outputs], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"
#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

struct Conv2d {
  static constexpr std::string_view kind = "Conv2d";

  Window window;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows of one pixel that follow each other are read where they stand.
  constexpr bool pointwise() const {
    return window.kernel.height == 1 && window.kernel.width == 1 && window.stride.height == 1 && window.stride.width == 1;
  }
  constexpr Overlap overlap(int) const { return window.overlap(2); }
  constexpr std::int32_t scratch() const { return pointwise() ? 0 : 2 * depth(); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }

  template <class Kernels>
  constexpr void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    const Int8Rows rows{weight, bias, scale, scale_step, depth(), window.output.channels, range, simple};
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; done += 2) {
      const bool two = done + 1 < pixels;
      const std::int32_t p = !call.backward ? done : two ? pixels - 2 - done : 0;
      const std::int8_t* const row = pointwise() ? x + p * depth() : call.scratch;
      if (!pointwise()) {
        gather(window, window.place(p), x, zero, call.scratch);
        if (two) gather(window, window.place(p + 1), x, zero, call.scratch + depth());
      }
      if (two)
        Kernels::int8_two_windows(rows, row, y + p * rows.outputs);
      else
        Kernels::int8_window(rows, row, y + p * rows.outputs);
    }
  }
};

}  // namespace nn::int8
