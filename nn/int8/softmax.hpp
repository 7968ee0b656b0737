// Softmax: y = e^(x - max) / Σ e^(x - max) over the last dimension, in the fixed-point arithmetic of TensorFlow Lite and
// gemmlowp (fixedpoint.h). The scale of y is 1/256, its zero point -128.
//
// Q0 means 31 fraction bits, Q5 26 and so on. Logits that lie so far below the largest that `least_difference` is passed get
// -128. At most 511 equal logits: beyond, the reference stops.
#pragma once

#include <bit>
#include <cstdint>

#include "nn/int8/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

// e^x of x in [-1/4, 0), Q0: a Taylor series about -1/8.
constexpr std::int32_t exp_near_zero(std::int32_t a) {
  constexpr std::int32_t exp_of_minus_eighth = 1895147668;
  constexpr std::int32_t third = 715827883;
  const std::int32_t x = a + (1 << 28);
  const std::int32_t x2 = doubling_high_product(x, x);
  const std::int32_t x3 = doubling_high_product(x2, x);
  const std::int32_t x4 = doubling_high_product(x2, x2);
  const std::int32_t rest = rounded_shift(doubling_high_product(rounded_shift(x4, 2) + x3, third) + x2, 1);
  return exp_of_minus_eighth + doubling_high_product(exp_of_minus_eighth, x + rest);
}

// e^x of x <= 0 in Q5; Q0.
constexpr std::int32_t exp_of_negative(std::int32_t x) {
  if (x == 0) return 0x7fffffff;
  constexpr std::int32_t quarter = 1 << 24;
  constexpr std::int32_t exp_of_minus_power[]{1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};  // 2^-2, 2^-1 …
  const std::int32_t within = (x & (quarter - 1)) - quarter;
  std::int32_t y = exp_near_zero(within * 32);
  std::int32_t bit = quarter;
  for (const std::int32_t factor : exp_of_minus_power) {
    if (((within - x) & bit) != 0) y = doubling_high_product(y, factor);
    bit = static_cast<std::int32_t>(static_cast<std::uint32_t>(bit) << 1);
  }
  return y;
}

// x·2^by, at most the ends of the range.
constexpr std::int32_t saturated_shift(std::int32_t x, std::int32_t by) {
  const std::int32_t most = 0x7fffffff >> by;
  return x > most ? 0x7fffffff : x < -most - 1 ? -0x7fffffff - 1 : x * (1 << by);
}

// 1 / (1 + a) of a in [0, 1), Q0: three steps of Newton and Raphson.
constexpr std::int32_t reciprocal_of_one_plus(std::int32_t a) {
  constexpr std::int32_t forty_eight_seventeenths = 1515870810;       // Q2
  constexpr std::int32_t minus_thirty_two_seventeenths = -1010580540;  // Q2
  const std::int32_t half = static_cast<std::int32_t>((std::int64_t{a} + 0x7fffffff + 1) / 2);
  std::int32_t x = forty_eight_seventeenths + doubling_high_product(half, minus_thirty_two_seventeenths);
  for (int i = 0; i < 3; ++i) x += saturated_shift(doubling_high_product(x, (1 << 29) - doubling_high_product(half, x)), 2);
  return saturated_shift(x, 1);
}

struct Softmax {
  std::int32_t rows;
  std::int32_t classes;
  Scale scale;  // of the logits, with beta; its shift is at least 0
  std::int32_t least_difference;

  constexpr Overlap overlap(int) const { return in_place; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t r = 0; r < rows; ++r, x += classes, y += classes) {
      std::int32_t largest = -128;
      for (std::int32_t c = 0; c < classes; ++c)
        if (x[c] > largest) largest = x[c];
      std::int32_t sum = 0;  // Q12
      for (std::int32_t c = 0; c < classes; ++c)
        if (x[c] - largest >= least_difference) sum += rounded_shift(exponential(x[c] - largest), 12);
      const int zeros = std::countl_zero(static_cast<std::uint32_t>(sum));
      const std::uint32_t fraction = (static_cast<std::uint32_t>(sum) << zeros) - 0x80000000u;
      const std::int32_t reciprocal = reciprocal_of_one_plus(static_cast<std::int32_t>(fraction));
      for (std::int32_t c = 0; c < classes; ++c) {
        std::int32_t output = -128;
        if (x[c] - largest >= least_difference)
          output += rounded_shift(doubling_high_product(reciprocal, exponential(x[c] - largest)), 12 - zeros + 31 - 8);
        y[c] = static_cast<std::int8_t>(clamp(output, -128, 127));
      }
    }
  }

 private:
  [[gnu::noinline]] constexpr std::int32_t exponential(std::int32_t difference) const { return exp_of_negative(requantize(difference, scale)); }
};

}  // namespace nn::int8
