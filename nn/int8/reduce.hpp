// Reduce: the sum or the mean of codes along some dimensions, in the scale of the output; a mean's divisor is part of the scale.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/graph/reduction.hpp"
#include "nn/int8/rounding.hpp"

namespace nn::int8 {

template <class Code, class Rounding = Reference>
struct ReduceOf {
  static constexpr std::string_view kind = "Reduce";

  graph::Reduction reduction;
  std::int32_t bias;  // -zero of x, as many times as there are numbers
  typename Rounding::Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("reduction", reduction);
    list("bias", bias);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Code* y, const Code* x) const {
    std::int32_t sum = 0;
    reduction.for_each(
        x, [&sum, this](Code number) { sum = bias + number; }, [&sum](Code number) { sum += number; },
        [&sum, y, this](std::int32_t o) { y[o] = static_cast<Code>(Rounding::code(sum, scale, range)); });
  }
};

}  // namespace nn::int8
