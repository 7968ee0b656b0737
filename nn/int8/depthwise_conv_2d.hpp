// DepthwiseConv2d: a convolution of each channel on its own; `multiplier` outputs a channel.
//
//   x  [batch][height][width][channels, or more]      y  [batch][height][width][channels·multiplier]
//   W  [kernel height][kernel width][channels·multiplier]     b  [channels·multiplier], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/walk.hpp"
#include "nn/graph/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct DepthwiseConv2dOf {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  graph::Window window;
  std::int32_t multiplier;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  std::int32_t first = 0;  // the first channel of x that is read: outputs / multiplier of them are
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr graph::Overlap overlap(int) const { return window.overlap(1); }
  constexpr std::int32_t scratch() const { return window.padded() ? taps() * window.input.channels : 0; }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("multiplier", multiplier);
    list("zero", zero);
    list("weight", graph::listed(weight, window.output.channels * taps()));
    list("bias", graph::listed(bias, window.output.channels));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : window.output.channels));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
    list("first", first);
  }

  constexpr Int8DepthwiseOf<Rounding> matrix() const {
    return {weight, bias, scale, scale_step, window.kernel.height, window.kernel.width, window.output.channels / multiplier, multiplier, range, simple, laid_out};
  }

  // What a graph runs in its place.
  template <const auto& Self>
  static constexpr const auto& simplified();

  template <class Kernels>
  void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const Int8DepthwiseOf<Rounding> depthwise = matrix();
    std::int8_t* const gathered = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(scratch()));
    const std::int32_t pixels = window.pixels();
    graph::Walk walk{window, call.backward};
    for (std::int32_t done = 0; done < pixels; ++done, walk.next()) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place& at = walk.place();
      Int8Window read{.x = gathered + first, .row_step = window.kernel.width * channels, .column_step = channels};
      if (window.whole(at))
        read = {.x = x + window.pixel(at, 0, 0) * channels + first, .row_step = window.dilation.height * window.input.width * channels,
                .column_step = window.dilation.width * channels};
      else
        graph::gather_window_by<Kernels>(window, at, x, zero, gathered);
      Kernels::int8_depthwise(depthwise, read, y + p * window.output.channels);
    }
  }
};

using DepthwiseConv2d = DepthwiseConv2dOf<Reference>;

}  // namespace nn::int8

#include "nn/int8/one_channel.hpp"
