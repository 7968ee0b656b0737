// GroupedConv2d of float32: a convolution in groups: each group of outputs reads its own channels of the input. Sums in the order
// of nn::Portable::dot, then the bias.
//
//   x  [batch][height][width][groups·channels of a group]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels of a group]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct GroupedConv2d {
  static constexpr std::string_view kind = "GroupedConv2d";

  graph::Window window;
  std::int32_t groups;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr std::int32_t depth() const { return taps() * (window.input.channels / groups); }
  constexpr graph::Overlap overlap(int) const { return graph::in_bytes(window.overlap(1), sizeof(float)); }
  constexpr std::int32_t scratch() const {
    return (taps() * window.input.channels + depth()) * static_cast<std::int32_t>(sizeof(float));
  }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("groups", groups);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("bias", graph::listed(bias, window.output.channels));
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    const std::int32_t channels = window.input.channels / groups;
    const std::int32_t outputs = window.output.channels / groups;
    float* const gathered =
        graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(taps() * window.input.channels + depth()));
    float* const row = gathered + taps() * window.input.channels;  // of one group
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      graph::gather_window(window, window.place(p), x, 0.0f, gathered);
      float* const to = y + p * window.output.channels;
      for (std::int32_t g = 0; g < groups; ++g) {
        float* part = row;
        for (std::int32_t t = 0; t < taps(); ++t)
          part = graph::copy(part, gathered + t * window.input.channels + g * channels, channels);
        for (std::int32_t o = g * outputs; o < (g + 1) * outputs; ++o)
          to[o] = limits(Portable::dot<float>(weight + o * depth(), row, static_cast<std::size_t>(depth())) + bias[o]);
      }
    }
  }
};

}  // namespace nn::float32
