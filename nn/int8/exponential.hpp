// Exponential and reciprocal in fixed point, with the bits of gemmlowp (fixedpoint.h), which TensorFlow Lite uses.
//
// Qn: n integer bits, so 31 - n fraction bits.
#pragma once

#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn::int8 {

// doubling_high_product of |a| < 2^30, in two instructions; and of a and b that are not negative.
constexpr std::int32_t small_high_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>((std::int64_t{2 * a} * b + 0x80000000) >> 32);
}
constexpr std::int32_t positive_high_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(
      (std::uint64_t{2 * static_cast<std::uint32_t>(a)} * static_cast<std::uint32_t>(b) + 0x80000000u) >> 32);
}

// e^x of x in [-1/4, 0), Q0: a Taylor series about -1/8.
constexpr std::int32_t exp_near_zero(std::int32_t a) {
  constexpr std::int32_t exp_of_minus_eighth = 1895147668;
  constexpr std::int32_t third = 715827883;
  const std::int32_t x = a + (1 << 28);
  const std::int32_t x2 = small_high_product(x, x);
  const std::int32_t x3 = small_high_product(x2, x);
  const std::int32_t x4 = small_high_product(x2, x2);
  const std::int32_t rest = rounded_shift(small_high_product(rounded_shift(x4, 2) + x3, third) + x2, 1);
  return exp_of_minus_eighth + small_high_product(x + rest, exp_of_minus_eighth);
}

// e^-(2^k) of k = -2, -1 …, Q0.
inline constexpr std::int32_t exp_of_minus_power[]{1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};

// e^x of x <= 0 in Qn, n at most 5; Q0.
template <int IntegerBits>
constexpr std::int32_t exp_of_negative(std::int32_t x) {
  static_assert(0 < IntegerBits && IntegerBits <= 5, "nn::int8: the exponential takes 1 to 5 integer bits");
  if (x == 0) return 0x7fffffff;
  constexpr std::int32_t quarter = 1 << (29 - IntegerBits);
  const std::int32_t within = (x & (quarter - 1)) - quarter;
  std::int32_t y = exp_near_zero(within * (1 << IntegerBits));
  const std::int32_t* power = exp_of_minus_power;
  for (std::uint32_t quarters = static_cast<std::uint32_t>(within - x) / quarter; quarters != 0; quarters >>= 1, ++power)
    if (quarters % 2 != 0) y = positive_high_product(y, *power);
  return y;
}

// x·2^by, at most the ends of the range.
constexpr std::int32_t saturated_shift(std::int32_t x, std::int32_t by) {
  const std::int32_t most = 0x7fffffff >> by;
  return x > most ? 0x7fffffff : x < -most - 1 ? -0x7fffffff - 1 : x * (1 << by);
}

// 2 / (1 + a) of a in [0, 1), Q0; Q2. Three steps of Newton and Raphson.
constexpr std::int32_t twice_reciprocal_of_one_plus(std::int32_t a) {
  constexpr std::int32_t forty_eight_seventeenths = 1515870810;       // Q2
  constexpr std::int32_t minus_thirty_two_seventeenths = -1010580540;  // Q2
  const std::int32_t half = static_cast<std::int32_t>((std::int64_t{a} + 0x7fffffff + 1) / 2);
  std::int32_t x = forty_eight_seventeenths + doubling_high_product(half, minus_thirty_two_seventeenths);
  for (int i = 0; i < 3; ++i) x += saturated_shift(doubling_high_product(x, (1 << 29) - doubling_high_product(half, x)), 2);
  return x;
}

}  // namespace nn::int8
