// TransposeConv2d of float32: a transposed convolution, of each output pixel a dot product with the weights of its phase
// (nn/int8/transpose_window.hpp), then the bias.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  of each phase [outputs][rows of input][columns of input][channels]      b  [outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/int8/gather.hpp"
#include "nn/int8/transpose_window.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct TransposeConv2d {
  static constexpr std::string_view kind = "TransposeConv2d";

  int8::TransposeWindow window;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t weights() const { return window.kernel.height * window.kernel.width * window.input.channels * window.output.channels; }
  constexpr int8::Overlap overlap(int) const { return in_bytes(window.overlap()); }
  constexpr std::int32_t scratch() const { return window.most_taps() * window.input.channels * static_cast<std::int32_t>(sizeof(float)); }
  constexpr std::int64_t products() const { return std::int64_t{window.batch} * window.input.pixels() * weights(); }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const auto [phase, own, at] = window.part(p);
      int8::gather(own, at, numbers(x), 0.0f, numbers(call.scratch));
      const std::int32_t depth = own.kernel.height * own.kernel.width * window.input.channels;
      const float* row = weight + window.taps_before(phase) * window.input.channels * window.output.channels;
      float* const to = numbers(y) + p * window.output.channels;
      for (std::int32_t o = 0; o < window.output.channels; ++o, row += depth)
        to[o] = limits(Portable::dot<float>(row, numbers(call.scratch), static_cast<std::size_t>(depth)) + bias[o]);
    }
  }
};

}  // namespace nn::float32
