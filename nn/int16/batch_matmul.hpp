// BatchMatmul: products of two matrices of codes that are both computed. Sums have 64 bits.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/matrices.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int16/requantize.hpp"

namespace nn::int16 {

struct BatchMatmul {
  static constexpr std::string_view kind = "BatchMatmul";

  graph::Matrices shape;
  Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int16_t* y, const std::int16_t* a, const std::int16_t* b) const {
    shape.for_each(y, a, b, [this](const std::int16_t* left, const std::int16_t* right) {
      std::int64_t sum = 0;
      for (std::int32_t d = 0; d < shape.depth; ++d) sum += std::int32_t{left[d * shape.a_depth]} * right[d * shape.b_depth];
      return int8::code<std::int16_t>(requantize(sum, scale), range);
    });
  }
};

}  // namespace nn::int16
