// SquaredDifference: y = (a - b)², each with a scale of its own; an input may be repeated along dimensions where it has the
// extent 1. Both are brought to a common scale, with 7 more bits in int8, and subtracted; the square is brought to the scale of
// the output.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

template <class Code>
struct SquaredDifferenceOf {
  static constexpr std::string_view kind = "SquaredDifference";
  static constexpr int more_bits = sizeof(Code) == 1 ? 7 : 0;

  graph::Broadcast shape;
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale a_scale;
  Scale b_scale;
  Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int input) const { return in_bytes(shape.overlap(input), sizeof(Code)); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("a_zero", a_zero);
    list("b_zero", b_zero);
    list("a_scale", a_scale);
    list("b_scale", b_scale);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Code* y, const Code* a, const Code* b) const {
    shape.for_each(y, a, b, [this](Code left, Code right) {
      const std::int32_t difference =
          requantize((left - a_zero) * (1 << more_bits), a_scale) - requantize((right - b_zero) * (1 << more_bits), b_scale);
      const std::uint32_t wrapped = static_cast<std::uint32_t>(difference) * static_cast<std::uint32_t>(difference);
      return code<Code>(requantize(static_cast<std::int32_t>(wrapped), scale), range);
    });
  }
};

using SquaredDifference = SquaredDifferenceOf<std::int8_t>;

}  // namespace nn::int8
