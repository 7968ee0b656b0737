// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]       b  [outputs], the input's zero point folded in
#pragma once

#include <cstdint>

#include "nn/int8/gather.hpp"
#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

struct Conv2d {
  Window window;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const Scale* scale;
  std::int32_t scale_step;
  Range range;

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // A window of one pixel is read where it stands.
  constexpr bool pointwise() const { return window.kernel.height == 1 && window.kernel.width == 1 && !window.padded(); }
  constexpr Overlap overlap(int) const { return window.overlap(2); }
  constexpr std::int32_t scratch() const { return pointwise() ? 0 : 2 * depth(); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }

  template <class Kernels>
  constexpr void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    const Int8Rows rows{weight, bias, scale, scale_step, depth(), window.output.channels, range};
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; done += 2) {
      const bool two = done + 1 < pixels;
      const std::int32_t p = !call.backward ? done : two ? pixels - 2 - done : 0;
      const std::int8_t* first = row(p, x, call.scratch);
      if (two)
        Kernels::int8_two_windows(rows, first, row(p + 1, x, call.scratch + depth()), y + p * rows.outputs);
      else
        Kernels::int8_window(rows, first, y + p * rows.outputs);
    }
  }

 private:
  constexpr const std::int8_t* row(std::int32_t p, const std::int8_t* x, std::int8_t* scratch) const {
    const Window::Place at = window.place(p);
    if (pointwise()) return x + window.pixel(at, 0, 0) * window.input.channels;
    gather(window, at, x, zero, scratch);
    return scratch;
  }
};

}  // namespace nn::int8
