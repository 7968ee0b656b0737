// Self-check: whether this program was compiled, and is run, so that it gives the same bits as every other.
//
//   -ffp-contract=off       must be given (CMake's ganglion::nn does), or a product and a sum may be fused
//   -ffast-math, -Ofast, -ffinite-math-only      are refused where this file is compiled
//   -fassociative-math, -freciprocal-math, -fno-signed-zeros, numbers below 2^-126 taken as 0 (a mode of the FPU, which one
//   object of a program that was linked with -ffast-math is enough to set), another rounding than to the nearest
//                           make same_bits() false
#pragma once

#include <cstdint>

#include "nn/kernels.hpp"
#include "nn/number/bits.hpp"

namespace nn {

static_assert(
    __FINITE_MATH_ONLY__ == 0,
    "nn: compiled with -ffast-math, -Ofast or -ffinite-math-only, float gives other bits and a NaN passes for a number");

inline bool same_bits() {
  volatile float number;
  const auto hidden = [&number](float x) {
    number = x;
    return static_cast<float>(number);
  };
  const auto is = [](float x, std::uint32_t bits) { return Bits<float>::of(x) == bits; };
  // With a = 1 + 2^-12 the product a·a rounds to 1 + 2^-11, so that the difference is 0 unless it was fused.
  const float a = hidden(0x1.001p0f);
  const float unfused = a * hidden(0x1.001p0f) - hidden(0x1.002p0f);
  const float large = hidden(0x1p25f);
  const float in_order = (large + hidden(1)) - large;
  const float positive_zero = hidden(-0.0f) + 0.0f;
  const float divisor = hidden(3);  // of one quotient after the other, lest they become a vector, which no reciprocal replaces
  const float first = hidden(5) / divisor, second = hidden(first + 7) / divisor, third = hidden(second + 11) / divisor;
  const float below = hidden(0x1p-126f) * hidden(0.5f);                        // a result below the normal numbers …
  const float above = hidden(Bits<float>::number(0x00400000u)) * hidden(2);    // … and an operand
  const float even = hidden(1) + hidden(0x1p-24f);
  const float up = hidden(1) + hidden(0x1.8p-24f);
  return target::strict_float && is(unfused, 0) && is(in_order, 0) && is(positive_zero, 0) && is(first, 0x3fd55555u) &&
         is(second, 0x4038e38fu) && is(third, 0x409425edu) && is(below, 0x00400000u) && is(above, 0x00800000u) &&
         is(even, 0x3f800000u) && is(up, 0x3f800001u) && is(-even, 0xbf800000u);
}

}  // namespace nn
