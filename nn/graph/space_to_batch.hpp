// SpaceToBatch: an image becomes several, each of every block.height-th row and block.width-th column of it; before that it is
// padded.
//
//   y[(i·block.width + j)·batch + n][r][c] = x[n][r·block.height + i - before.height][c·block.width + j - before.width], or
//   padding
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/window.hpp"

namespace nn::graph {

template <class Number>
struct SpaceToBatch {
  static constexpr std::string_view kind = "SpaceToBatch";

  std::int32_t batch;  // of x
  Extent input;
  Extent output;
  Pair block;
  Pair before;   // rows and columns of padding
  Number value;  // what padding holds

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("block", block);
    list("before", before);
    list("value", value);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x) const {
    for (std::int32_t part = 0; part < block.height * block.width; ++part)
      for (std::int32_t n = 0; n < batch; ++n)
        for (std::int32_t r = 0; r < output.height; ++r)
          for (std::int32_t c = 0; c < output.width; ++c, y += output.channels) {
            const std::int32_t row = r * block.height + part / block.width - before.height;
            const std::int32_t column = c * block.width + part % block.width - before.width;
            if (row >= 0 && row < input.height && column >= 0 && column < input.width)
              copy(y, x + ((n * input.height + row) * input.width + column) * input.channels, input.channels);
            else
              fill(y, output.channels, value);
          }
  }
};

}  // namespace nn::graph
