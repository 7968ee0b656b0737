// BatchToSpace: images become one, each of them every block.height-th row and block.width-th column of it; some at its edges are
// left out.
//
//   y[n][r][c] = x[(i·block.width + j)·batch + n][(r + before.height) / block.height][(c + before.width) / block.width],
//   i = (r + before.height) % block.height and j = (c + before.width) % block.width
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/window.hpp"

namespace nn::graph {

template <class Number>
struct BatchToSpace {
  static constexpr std::string_view kind = "BatchToSpace";

  std::int32_t batch;  // of y
  Extent input;
  Extent output;
  Pair block;
  Pair before;  // rows and columns that are left out

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("block", block);
    list("before", before);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x) const {
    for (std::int32_t n = 0; n < batch; ++n)
      for (std::int32_t r = before.height; r < output.height + before.height; ++r)
        for (std::int32_t c = before.width; c < output.width + before.width; ++c) {
          const std::int32_t part = r % block.height * block.width + c % block.width;
          const std::int32_t row = (part * batch + n) * input.height + r / block.height;
          y = copy(y, x + (row * input.width + c / block.width) * input.channels, input.channels);
        }
  }
};

}  // namespace nn::graph
