// Standardize: each row to the mean 0 and the variance 1, as layer and instance normalization do:
//
//   y = (x - mean) / √(variance + ε)      of `width` numbers; the variance is their mean square from the mean
//
// Ba, Kiros and Hinton, Layer Normalization (2016).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct Standardize {
  static constexpr std::string_view kind = "Standardize";

  std::int32_t rows;
  std::int32_t width;
  float epsilon;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("width", width);
    list("epsilon", epsilon);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    const float count = static_cast<float>(width);
    for (std::int32_t r = 0; r < rows; ++r, x += width, y += width) {
      float sum = 0;
      for (std::int32_t i = 0; i < width; ++i) sum += x[i];
      const float mean = sum / count;
      float squares = 0;
      for (std::int32_t i = 0; i < width; ++i) squares += (x[i] - mean) * (x[i] - mean);
      const float deviation = Elementary<float>::sqrt(squares / count + epsilon);
      for (std::int32_t i = 0; i < width; ++i) y[i] = (x[i] - mean) / deviation;
    }
  }
};

}  // namespace nn::float32
