// DepthwiseConv2d of float32: a convolution of each channel on its own; `multiplier` outputs a channel. Taps over the edge are
// left out; the bias enters last.
//
//   W  [kernel height][kernel width][channels·multiplier]     b  [channels·multiplier]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/window.hpp"

namespace nn::float32 {

struct DepthwiseConv2d {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  graph::Window window;
  std::int32_t multiplier;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr graph::Overlap overlap(int) const { return graph::in_bytes(window.overlap(1), sizeof(float)); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("multiplier", multiplier);
    list("weight", graph::listed(weight, window.output.channels * taps()));
    list("bias", graph::listed(bias, window.output.channels));
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    const std::int32_t outputs = window.output.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      for (std::int32_t o = 0; o < outputs; ++o) {
        float sum = 0;
        for (std::int32_t k = at.rows.first; k < at.rows.last; ++k)
          for (std::int32_t l = at.columns.first; l < at.columns.last; ++l)
            sum += weight[(k * window.kernel.width + l) * outputs + o] *
                   x[window.pixel(at, k, l) * window.input.channels + o / multiplier];
        y[p * outputs + o] = limits(sum + bias[o]);
      }
    }
  }
};

}  // namespace nn::float32
