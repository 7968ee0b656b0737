// AddHalfUp: y = a ± b as LiteRT with XNNPACK adds codes: each has a multiplier of 21 bits to the scale of the output, the sum is
// exact, and is rounded once, halves up. An input may be repeated along dimensions where it has the extent 1.
//
//   y = clamp(floor((a·a_multiplier + b·b_multiplier + bias) / 2^shift) + zero)
//   bias   half of 2^shift, and what the zero points take
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct AddHalfUp {
  static constexpr std::string_view kind = "AddHalfUp";

  graph::Broadcast shape;
  std::int32_t a_multiplier;  // within ±2^21, like b's
  std::int32_t b_multiplier;
  std::int32_t bias;
  std::int32_t shift;
  Range range;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("a_multiplier", a_multiplier);
    list("b_multiplier", b_multiplier);
    list("bias", bias);
    list("shift", shift);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each_row(y, a, b, [this](std::int8_t* to, const std::int8_t* left, const std::int8_t* right) {
      Kernels::add_half_up(*this, left, right, to);
    });
  }
};

}  // namespace nn::int8
