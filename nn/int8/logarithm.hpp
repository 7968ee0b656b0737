// The natural logarithm in fixed point, with the bits of log_x_for_x_greater_than_or_equal_to_1 of TensorFlow Lite (common.h).
//
// Qn: n integer bits, so 31 - n fraction bits.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "nn/int8/exponential.hpp"

namespace nn::int8 {

// a + b, at most the ends of the range.
constexpr std::int32_t saturated_sum(std::int32_t a, std::int32_t b) {
  const std::int64_t sum = std::int64_t{a} + b;
  return sum > 0x7fffffff ? 0x7fffffff : sum < -std::int64_t{0x7fffffff} - 1 ? -0x7fffffff - 1 : static_cast<std::int32_t>(sum);
}

// ln x of x >= 1 in Q12; Q5. x = z · 2^k with z near the fourth root of 1/2, from which ln z differs by a quotient of two short
// series. Of two such pairs the one is taken whose z is smaller: z of x, and z of x · sqrt(1/2).
constexpr std::int32_t log_of_one_or_more(std::int32_t x) {
  constexpr std::int32_t from_bits = 12, to_bits = 5, wide = to_bits + 1;  // wide: a bit more, for a sum that would not fit
  constexpr std::int32_t log_of_2 = 1488522236, fourth_root = 1805811301, root = 1518500250;  // of 1/2, Q0
  constexpr std::int32_t above_third = 117049297, below_first = 1057819769, below_third = 127690142, below_last = 638450708;
  constexpr std::int32_t quarter = 1 << (29 - wide);

  const int zeros = std::countl_zero(static_cast<std::uint32_t>(x));
  const std::int32_t z = saturated_shift(doubling_high_product(saturated_shift(x, zeros - 1), root), 1);
  const std::int32_t k = saturated_sum(saturated_shift(from_bits - zeros, 31 - wide), quarter);
  const int fewer = std::countl_zero(static_cast<std::uint32_t>(doubling_high_product(x, root))) - 1;
  const std::int32_t other_z = saturated_shift(x, fewer);
  const std::int32_t other_k = saturated_sum(saturated_shift(from_bits - fewer, 31 - wide), -quarter);

  const std::int32_t r = std::min(z, other_z);
  const auto half_sum = static_cast<std::int32_t>((std::int64_t{r} + fourth_root + 1) / 2);  // both are above 0
  const std::int32_t q = 2 * (r - fourth_root);
  const std::int32_t square = doubling_high_product(q, q);
  const std::int32_t above = doubling_high_product(q, r) + doubling_high_product(doubling_high_product(q, square), above_third);
  const std::int32_t below = doubling_high_product(half_sum, below_first + q + doubling_high_product(below_third, square)) +
                             doubling_high_product(below_last, q);
  const std::int32_t reciprocal = saturated_shift(twice_reciprocal_of_one_plus(below), 1);
  const std::int32_t tail = doubling_high_product(rounded_shift(above, wide), reciprocal);
  return saturated_shift(doubling_high_product(std::max(k, other_k), log_of_2) + tail, wide - to_bits);
}

}  // namespace nn::int8
