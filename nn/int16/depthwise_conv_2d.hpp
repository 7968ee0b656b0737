// DepthwiseConv2d: a convolution of each channel on its own; `multiplier` outputs a channel.
//
//   x  [batch][height][width][channels], int16      y  [batch][height][width][channels·multiplier], int16
//   W  [kernel height][kernel width][channels·multiplier], int8     b  [channels·multiplier]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"
#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int16 {

struct DepthwiseConv2d {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  int8::Window window;
  std::int32_t multiplier;
  const std::int8_t* weight;
  Int16Output output;

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr int8::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(std::int16_t)); }
  constexpr std::int32_t scratch() const {
    return window.padded() ? taps() * window.input.channels * static_cast<std::int32_t>(sizeof(std::int16_t)) : 0;
  }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }

  template <class Kernels>
  void run(int8::Call call, std::int16_t* y, const std::int16_t* x) const {
    const std::int32_t channels = window.input.channels;
    const Int16Depthwise depthwise{weight, window.kernel.height, window.kernel.width, channels, multiplier, output};
    std::int16_t* const gathered = int8::Place<std::int8_t>{call.scratch};
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const int8::Window::Place at = window.place(p);
      Int16Window read{.x = gathered, .row_step = window.kernel.width * channels, .column_step = channels};
      if (window.whole(at))
        read = {.x = x + window.pixel(at, 0, 0) * channels, .row_step = window.dilation.height * window.input.width * channels,
                .column_step = window.dilation.width * channels};
      else
        gather(window, at, x, std::int16_t{0}, gathered);
      Kernels::int16_depthwise(depthwise, read, y + p * window.output.channels);
    }
  }
};

}  // namespace nn::int16
