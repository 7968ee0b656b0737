// TransposeConv2d: a transposed convolution. What an output pixel reads becomes one row, on which all outputs are dot products
// with the weights of its phase (transpose_window.hpp).
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  of each phase [outputs][rows of input][columns of input][channels]
//   b  [phases][outputs], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"
#include "nn/int8/transpose_window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

struct TransposeConv2d {
  static constexpr std::string_view kind = "TransposeConv2d";

  TransposeWindow window;
  std::int8_t zero;  // of the input: what lies beyond its edge
  const std::int8_t* weight;
  const std::int32_t* bias;
  const Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows

  constexpr std::int32_t weights() const { return window.kernel.height * window.kernel.width * window.input.channels * window.output.channels; }
  constexpr Overlap overlap(int) const { return window.overlap(); }
  constexpr std::int32_t scratch() const { return window.most_taps() * window.input.channels; }
  constexpr std::int64_t products() const { return std::int64_t{window.batch} * window.input.pixels() * weights(); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t outputs = window.output.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const auto [phase, own, at] = window.part(p);
      gather(own, at, x, zero, call.scratch);
      const Int8Rows rows{weight + window.taps_before(phase) * channels * outputs, bias + (phase.height * window.stride.width + phase.width) * outputs,
                          scale, scale_step, own.kernel.height * own.kernel.width * channels, outputs, range, simple};
      Kernels::int8_window(rows, call.scratch, y + p * outputs);
    }
  }
};

}  // namespace nn::int8
