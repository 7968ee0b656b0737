// Compare: codes of two scales compared. Each is first brought to steps of 1/256 and rounded, so that numbers less than 1/256
// apart may count as equal.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/compare.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct Compare {
  static constexpr std::string_view kind = "Compare";
  static constexpr std::int32_t steps = 256;

  graph::Broadcast shape;
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale a_scale;
  Scale b_scale;
  graph::Order order;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("a_zero", a_zero);
    list("b_zero", b_zero);
    list("a_scale", a_scale);
    list("b_scale", b_scale);
    list("order", order);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, bool* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each(y, a, b, [this](std::int8_t left, std::int8_t right) {
      return graph::holds(order, requantize((left - a_zero) * steps, a_scale), requantize((right - b_zero) * steps, b_scale));
    });
  }
};

}  // namespace nn::int8
