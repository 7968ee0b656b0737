// Conv2d of float32: y = W·window + b, of each output pixel. Sums in the order of nn::Portable::dot, then the bias.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct Conv2d {
  static constexpr std::string_view kind = "Conv2d";

  graph::Window window;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows in one piece are read where they stand.
  constexpr bool in_place() const { return window.in_one_piece(); }
  constexpr graph::Overlap overlap(int) const { return graph::in_bytes(window.overlap(1), sizeof(float)); }
  constexpr std::int32_t scratch() const { return in_place() ? 0 : depth() * static_cast<std::int32_t>(sizeof(float)); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("bias", graph::listed(bias, window.output.channels));
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    const bool read_in_place = in_place();
    float* const gathered = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(read_in_place ? 0 : depth()));
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      if (!read_in_place) graph::gather_window(window, at, x, 0.0f, gathered);
      const float* const row = read_in_place ? x + window.pixel(at, 0, 0) * window.input.channels : gathered;
      float* const to = y + p * window.output.channels;
      for (std::int32_t o = 0; o < window.output.channels; ++o)
        to[o] = limits(Portable::dot<float>(weight + o * depth(), row, static_cast<std::size_t>(depth())) + bias[o]);
    }
  }
};

}  // namespace nn::float32
