// Softmax of float32: y = e^(beta·(x - max)) / Σ e^(beta·(x - max)) over the last dimension.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct Softmax {
  static constexpr std::string_view kind = "Softmax";

  std::int32_t rows;
  std::int32_t classes;
  float beta;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("classes", classes);
    list("beta", beta);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    const float* from = x;
    float* to = y;
    for (std::int32_t r = 0; r < rows; ++r, from += classes, to += classes) {
      float largest = from[0];
      for (std::int32_t c = 1; c < classes; ++c)
        if (from[c] > largest) largest = from[c];
      float sum = 0;
      for (std::int32_t c = 0; c < classes; ++c) {
        to[c] = Elementary<float>::exp((from[c] - largest) * beta);
        sum += to[c];
      }
      for (std::int32_t c = 0; c < classes; ++c) to[c] /= sum;
    }
  }
};

}  // namespace nn::float32
