// FusedAdd: y = a ± b as ONNX Runtime's QLinearAdd has it, in float with two fused multiply-adds; an input may be repeated along
// dimensions where it has the extent 1.
//
//   y = clamp(nearest_even(a·a_scale + (b·b_scale + rest)))      rest holds all zero points; codes count from their offsets:
//                                                                128 where the file has them without a sign
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/fused.hpp"

namespace nn::int8 {

struct FusedAdd {
  static constexpr std::string_view kind = "FusedAdd";

  graph::Broadcast shape;
  std::int32_t offset;
  float a_scale;  // of the output's steps
  float b_scale;
  float rest;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("offset", offset);
    list("a_scale", a_scale);
    list("b_scale", b_scale);
    list("rest", rest);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each(y, a, b, [this](std::int8_t left, std::int8_t right) {
      const float sum = fused(left + offset, a_scale, fused(right + offset, b_scale, rest));
      return static_cast<std::int8_t>(clamp(Float32::nearest(sum) - offset, -128, 127));
    });
  }
};

}  // namespace nn::int8
