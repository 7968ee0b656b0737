// TransposeConv2d: a transposed convolution. What an output pixel reads becomes one row, on which all outputs are dot products
// with the weights of its phase (nn/graph/transpose_window.hpp).
//
//   x  [batch][height][width][channels], int16      y  [batch][height][width][outputs], int16
//   W  of each phase [outputs][rows of input][columns of input][channels], int8      b  [outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/transpose_window.hpp"
#include "nn/kernels.hpp"

namespace nn::int16 {

struct TransposeConv2d {
  static constexpr std::string_view kind = "TransposeConv2d";

  graph::TransposeWindow window;
  const std::int8_t* weight;
  Int16Output output;

  constexpr std::int32_t weights() const {
    return window.kernel.height * window.kernel.width * window.input.channels * window.output.channels;
  }
  constexpr std::int32_t most_read() const { return window.most_taps() * window.input.channels; }
  constexpr graph::Overlap overlap(int) const { return in_bytes(window.overlap(), sizeof(std::int16_t)); }
  constexpr std::int32_t scratch() const { return 2 * most_read(); }
  constexpr std::int64_t products() const { return std::int64_t{window.batch} * window.input.pixels() * weights(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("weight", graph::listed(weight, weights()));
    list("output", graph::Nested{[this](auto&& of) { output.members(of, window.output.channels); }});
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int16_t* y, const std::int16_t* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t outputs = window.output.channels;
    std::int16_t* const gathered = graph::begin_numbers<std::int16_t>(call.scratch, static_cast<std::size_t>(most_read()));
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const auto [phase, own, at] = window.part(p);
      graph::gather_window(own, at, x, std::int16_t{0}, gathered);
      const Int16Rows rows{weight + window.taps_before(phase) * channels * outputs,
                           own.kernel.height * own.kernel.width * channels, outputs, output};
      Kernels::int16_window(rows, gathered, y + p * outputs);
    }
  }
};

}  // namespace nn::int16
