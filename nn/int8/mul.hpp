// Mul: y = a · b, each with a scale of its own; an input may be repeated along dimensions where it has the extent 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/broadcast.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

template <class Code>
struct MulOf {
  static constexpr std::string_view kind = "Mul";

  Broadcast shape;
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale scale;
  Range range;

  constexpr Overlap overlap(int input) const { return in_bytes(shape.overlap(input), sizeof(Code)); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Code* y, const Code* a, const Code* b) const {
    shape.for_each(y, a, b, [this](Code left, Code right) {
      return code<Code>(requantize((left - a_zero) * (right - b_zero), scale), range);
    });
  }
};

using Mul = MulOf<std::int8_t>;

}  // namespace nn::int8
