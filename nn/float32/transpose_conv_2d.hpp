// TransposeConv2d of float32: a transposed convolution, of each output pixel a dot product with the weights of its phase
// (nn/graph/transpose_window.hpp), then the bias.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  of each phase [outputs][rows of input][columns of input][channels]      b  [outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/transpose_window.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct TransposeConv2d {
  static constexpr std::string_view kind = "TransposeConv2d";

  graph::TransposeWindow window;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t weights() const {
    return window.kernel.height * window.kernel.width * window.input.channels * window.output.channels;
  }
  constexpr graph::Overlap overlap(int) const { return graph::in_bytes(window.overlap(), sizeof(float)); }
  constexpr std::int32_t scratch() const {
    return window.most_taps() * window.input.channels * static_cast<std::int32_t>(sizeof(float));
  }
  constexpr std::int64_t products() const { return std::int64_t{window.batch} * window.input.pixels() * weights(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("weight", graph::listed(weight, weights()));
    list("bias", graph::listed(bias, window.output.channels));
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    float* const gathered = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(scratch()) / sizeof(float));
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const auto [phase, own, at] = window.part(p);
      graph::gather_window(own, at, x, 0.0f, gathered);
      const std::int32_t depth = own.kernel.height * own.kernel.width * window.input.channels;
      const float* row = weight + window.taps_before(phase) * window.input.channels * window.output.channels;
      float* const to = y + p * window.output.channels;
      // Where the stride is the longer, some pixels are reached by no tap.
      for (std::int32_t o = 0; o < window.output.channels; ++o, row += depth)
        to[o] = limits(depth == 0 ? bias[o] : Portable::dot<float>(row, gathered, static_cast<std::size_t>(depth)) + bias[o]);
    }
  }
};

}  // namespace nn::float32
