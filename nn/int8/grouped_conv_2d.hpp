// GroupedConv2d: a convolution in groups: each group of outputs reads its own channels of the input.
//
//   x  [batch][height][width][groups·depth of a group]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels of a group]       b  [outputs], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct GroupedConv2dOf {
  static constexpr std::string_view kind = "GroupedConv2d";

  graph::Window window;
  std::int32_t groups;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr std::int32_t depth() const { return taps() * (window.input.channels / groups); }
  constexpr graph::Overlap overlap(int) const { return window.overlap(1); }
  constexpr std::int32_t scratch() const { return taps() * window.input.channels + depth(); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("groups", groups);
    list("zero", zero);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("bias", graph::listed(bias, window.output.channels));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : window.output.channels));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels / groups;
    const std::int32_t outputs = window.output.channels / groups;
    std::int8_t* const gathered = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(scratch()));
    std::int8_t* const row = gathered + taps() * window.input.channels;  // of one group
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      graph::gather_window(window, window.place(p), x, zero, gathered);
      for (std::int32_t g = 0; g < groups; ++g) {
        std::int8_t* to = row;
        for (std::int32_t t = 0; t < taps(); ++t)
          to = graph::copy(to, gathered + t * window.input.channels + g * channels, channels);
        const std::int32_t o = g * outputs;
        const Int8RowsOf<Rounding> rows{
            weight + o * depth(), bias + o, scale + o * scale_step, scale_step, depth(), outputs, range, simple};
        Kernels::int8_window(rows, row, y + p * window.output.channels + o);
      }
    }
  }
};

using GroupedConv2d = GroupedConv2dOf<Reference>;

}  // namespace nn::int8
