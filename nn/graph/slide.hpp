// Slide: rows of a window over a stream move up, so that there is room for new ones at its end: y[i] = x[i + by].
// The last `by` numbers stay as they are, until they are written anew. It works in place, on a variable of the graph:
//
//   nn::Variable<nn::Tensor<std::int8_t, 1, 11, 1, 64>>              5: the window; its last row is the newest
//   nn::Part<5, 640, nn::Tensor<std::int8_t, 1, 1, 1, 64>>           6: that row: an operator's output, or an input of the graph
//   nn::Apply<conv, 6, 4>, nn::Apply<depthwise, 7, 5>, nn::Apply<slide, 5, 5>
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"

namespace nn::graph {

template <class Number>
struct Slide {
  static constexpr std::string_view kind = "Slide";

  std::int32_t count;  // of all numbers
  std::int32_t by;     // of those that leave

  constexpr Overlap overlap(int) const { return in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("by", by);
  }

  template <class Kernels>
  constexpr void run(Call, Number* y, const Number* x) const {
    copy(y, x + by, count - by);
  }
};

}  // namespace nn::graph
