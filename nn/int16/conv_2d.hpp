// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels], int16      y  [batch][height][width][outputs], int16
//   W  [outputs][kernel height][kernel width][channels], int8       b  [outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"
#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int16 {

struct Conv2d {
  static constexpr std::string_view kind = "Conv2d";

  int8::Window window;
  const std::int8_t* weight;
  Int16Output output;

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows of one pixel are read where they stand.
  constexpr bool pointwise() const { return window.kernel.height == 1 && window.kernel.width == 1 && !window.padded(); }
  constexpr int8::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(std::int16_t)); }
  constexpr std::int32_t scratch() const { return pointwise() ? 0 : depth() * static_cast<std::int32_t>(sizeof(std::int16_t)); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }

  template <class Kernels>
  void run(int8::Call call, std::int16_t* y, const std::int16_t* x) const {
    const Int16Rows rows{weight, depth(), window.output.channels, output};
    std::int16_t* const row = int8::Place<std::int8_t>{call.scratch};
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const int8::Window::Place at = window.place(p);
      if (!pointwise()) gather(window, at, x, std::int16_t{0}, row);
      Kernels::int16_window(rows, pointwise() ? x + window.pixel(at, 0, 0) * depth() : row, y + p * rows.outputs);
    }
  }
};

}  // namespace nn::int16
