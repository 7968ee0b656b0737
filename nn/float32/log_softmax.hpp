// LogSoftmax of float32: y = x - max - log Σ e^(x - max) over the last dimension.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct LogSoftmax {
  static constexpr std::string_view kind = "LogSoftmax";

  std::int32_t rows;
  std::int32_t classes;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("classes", classes);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    for (std::int32_t r = 0; r < rows; ++r, x += classes, y += classes) {
      float largest = x[0];
      for (std::int32_t c = 1; c < classes; ++c)
        if (x[c] > largest) largest = x[c];
      float sum = 0;
      for (std::int32_t c = 0; c < classes; ++c) sum += Elementary<float>::exp(x[c] - largest);
      const float logarithm = Elementary<float>::log(sum);
      for (std::int32_t c = 0; c < classes; ++c) y[c] = x[c] - largest - logarithm;
    }
  }
};

}  // namespace nn::float32
