// Conv2d of float32: y = W·window + b, of each output pixel. Sums in the order of nn::Portable::dot, then the bias.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/int8/gather.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct Conv2d {
  static constexpr std::string_view kind = "Conv2d";

  int8::Window window;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  constexpr bool pointwise() const {
    return window.kernel.height == 1 && window.kernel.width == 1 && window.stride.height == 1 && window.stride.width == 1;
  }
  constexpr int8::Overlap overlap(int) const { return in_bytes(window.overlap(1)); }
  constexpr std::int32_t scratch() const { return pointwise() ? 0 : depth() * static_cast<std::int32_t>(sizeof(float)); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const float* row = numbers(x) + p * depth();
      if (!pointwise()) {
        int8::gather(window, window.place(p), numbers(x), 0.0f, numbers(call.scratch));
        row = numbers(call.scratch);
      }
      float* const to = numbers(y) + p * window.output.channels;
      for (std::int32_t o = 0; o < window.output.channels; ++o)
        to[o] = limits(Portable::dot<float>(weight + o * depth(), row, static_cast<std::size_t>(depth())) + bias[o]);
    }
  }
};

}  // namespace nn::float32
