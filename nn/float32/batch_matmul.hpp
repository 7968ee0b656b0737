// BatchMatmul: products of two matrices that are both computed.
#pragma once

#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/matrices.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::float32 {

struct BatchMatmul {
  static constexpr std::string_view kind = "BatchMatmul";

  graph::Matrices shape;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const { list("shape", shape); }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* a, const float* b) const {
    shape.for_each(y, a, b, [this](const float* left, const float* right) {
      float sum = 0;
      for (std::int32_t d = 0; d < shape.depth; ++d) sum += left[d * shape.a_depth] * right[d * shape.b_depth];
      return sum;
    });
  }
};

}  // namespace nn::float32
