// TransposeConv2d: a transposed convolution. What an output pixel reads becomes one row, on which all outputs are dot products
// with the weights of its phase (transpose_window.hpp).
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  of each phase [outputs][rows of input][columns of input][channels]
//   b  [phases][outputs], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/transpose_window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct TransposeConv2dOf {
  static constexpr std::string_view kind = "TransposeConv2d";

  graph::TransposeWindow window;
  std::int8_t zero;  // of the input: what lies beyond its edge
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows

  constexpr std::int32_t weights() const {
    return window.kernel.height * window.kernel.width * window.input.channels * window.output.channels;
  }
  constexpr graph::Overlap overlap(int) const { return window.overlap(); }
  constexpr std::int32_t scratch() const { return window.most_taps() * window.input.channels; }
  constexpr std::int64_t products() const { return std::int64_t{window.batch} * window.input.pixels() * weights(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("zero", zero);
    list("weight", graph::listed(weight, weights()));
    list("bias", graph::listed(bias, window.phases() * window.output.channels));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : window.output.channels));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t outputs = window.output.channels;
    std::int8_t* const gathered = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(scratch()));
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const auto [phase, own, at] = window.part(p);
      graph::gather_window(own, at, x, zero, gathered);
      const Int8RowsOf<Rounding> rows{weight + window.taps_before(phase) * channels * outputs,
                                      bias + (phase.height * window.stride.width + phase.width) * outputs,
                                      scale,
                                      scale_step,
                                      own.kernel.height * own.kernel.width * channels,
                                      outputs,
                                      range,
                                      simple};
      Kernels::int8_window(rows, gathered, y + p * outputs);
    }
  }
};

using TransposeConv2d = TransposeConv2dOf<Reference>;

}  // namespace nn::int8
