// Reduce: the sum or the mean of the numbers along some dimensions.
#pragma once

#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/graph/reduction.hpp"

namespace nn::float32 {

struct Reduce {
  static constexpr std::string_view kind = "Reduce";

  graph::Reduction reduction;
  bool mean;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("reduction", reduction);
    list("mean", mean);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    const float count = mean ? static_cast<float>(reduction.count()) : 1.0f;
    float sum = 0;
    reduction.for_each(
        x, [&sum](float number) { sum = number; }, [&sum](float number) { sum += number; },
        [&sum, y, count](std::int32_t o) { y[o] = sum / count; });
  }
};

}  // namespace nn::float32
