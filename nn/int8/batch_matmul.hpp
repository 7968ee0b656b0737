// BatchMatmul: products of two matrices of codes that are both computed. Sums have 32 bits, and wrap.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/matrices.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct BatchMatmul {
  static constexpr std::string_view kind = "BatchMatmul";

  graph::Matrices shape;
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("a_zero", a_zero);
    list("b_zero", b_zero);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each(y, a, b, [this](const std::int8_t* left, const std::int8_t* right) {
      std::uint32_t sum = 0;
      for (std::int32_t d = 0; d < shape.depth; ++d)
        sum += static_cast<std::uint32_t>((left[d * shape.a_depth] - a_zero) * (right[d * shape.b_depth] - b_zero));
      return code(requantize(static_cast<std::int32_t>(sum), scale), range);
    });
  }
};

}  // namespace nn::int8
