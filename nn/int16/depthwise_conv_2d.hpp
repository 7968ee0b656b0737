// DepthwiseConv2d: a convolution of each channel on its own; `multiplier` outputs a channel.
//
//   x  [batch][height][width][channels], int16      y  [batch][height][width][channels·multiplier], int16
//   W  [kernel height][kernel width][channels·multiplier], int8     b  [channels·multiplier]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int16 {

struct DepthwiseConv2d {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  graph::Window window;
  std::int32_t multiplier;
  const std::int8_t* weight;
  Int16Output output;

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr graph::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(std::int16_t)); }
  constexpr std::int32_t scratch() const {
    return window.padded() ? taps() * window.input.channels * static_cast<std::int32_t>(sizeof(std::int16_t)) : 0;
  }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("multiplier", multiplier);
    list("weight", graph::listed(weight, window.output.channels * taps()));
    list("output", graph::Nested{[this](auto&& of) { output.members(of, window.output.channels); }});
  }

  template <class Kernels>
  void run(graph::Call call, std::int16_t* y, const std::int16_t* x) const {
    const std::int32_t channels = window.input.channels;
    const Int16Depthwise depthwise{weight, window.kernel.height, window.kernel.width, channels, multiplier, output};
    std::int16_t* const gathered =
        graph::begin_numbers<std::int16_t>(call.scratch, static_cast<std::size_t>(scratch()) / sizeof(std::int16_t));
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      Int16Window read{.x = gathered, .row_step = window.kernel.width * channels, .column_step = channels};
      if (window.whole(at))
        read = {.x = x + window.pixel(at, 0, 0) * channels, .row_step = window.dilation.height * window.input.width * channels,
                .column_step = window.dilation.width * channels};
      else
        graph::gather_window(window, at, x, std::int16_t{0}, gathered);
      Kernels::int16_depthwise(depthwise, read, y + p * window.output.channels);
    }
  }
};

}  // namespace nn::int16
