// DepthwiseConv2d of float32: a convolution of each channel on its own; `multiplier` outputs a channel. Taps over the edge are
// left out; the bias enters last.
//
//   W  [kernel height][kernel width][channels·multiplier]     b  [channels·multiplier]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/int8/window.hpp"

namespace nn::float32 {

struct DepthwiseConv2d {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  int8::Window window;
  std::int32_t multiplier;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr int8::Overlap overlap(int) const { return in_bytes(window.overlap(1)); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t outputs = window.output.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const int8::Window::Place at = window.place(p);
      for (std::int32_t o = 0; o < outputs; ++o) {
        float sum = 0;
        for (std::int32_t k = at.rows.first; k < at.rows.last; ++k)
          for (std::int32_t l = at.columns.first; l < at.columns.last; ++l)
            sum += weight[(k * window.kernel.width + l) * outputs + o] *
                   numbers(x)[window.pixel(at, k, l) * window.input.channels + o / multiplier];
        numbers(y)[p * outputs + o] = limits(sum + bias[o]);
      }
    }
  }
};

}  // namespace nn::float32
