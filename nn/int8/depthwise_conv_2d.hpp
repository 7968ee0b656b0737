// DepthwiseConv2d: a convolution of each channel on its own; `multiplier` outputs a channel.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][channels·multiplier]
//   W  [kernel height][kernel width][channels·multiplier]     b  [channels·multiplier], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"
#include "nn/int8/walk.hpp"
#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

struct DepthwiseConv2d {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  Window window;
  std::int32_t multiplier;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  const std::int8_t* laid_out = nullptr;  // nn/int8/laid_out.hpp

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr Overlap overlap(int) const { return window.overlap(1); }
  constexpr std::int32_t scratch() const { return window.padded() ? taps() * window.input.channels : 0; }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }

  constexpr Int8Depthwise matrix() const {
    return {weight, bias, scale, scale_step, window.kernel.height, window.kernel.width, window.input.channels, multiplier, range, simple, laid_out};
  }

  template <class Kernels>
  constexpr void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const Int8Depthwise depthwise = matrix();
    const std::int32_t pixels = window.pixels();
    Walk walk{window, call.backward};
    for (std::int32_t done = 0; done < pixels; ++done, walk.next()) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const Window::Place& at = walk.place();
      Int8Window read{.x = call.scratch, .row_step = window.kernel.width * channels, .column_step = channels};
      if (window.whole(at))
        read = {.x = x + window.pixel(at, 0, 0) * channels, .row_step = window.dilation.height * window.input.width * channels,
                .column_step = window.dilation.width * channels};
      else
        gather_by<Kernels>(window, at, x, zero, call.scratch);
      Kernels::int8_depthwise(depthwise, read, y + p * window.output.channels);
    }
  }
};

}  // namespace nn::int8
