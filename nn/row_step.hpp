// RowStep: what plain SGD adds to one row of 16-bit weights, w[i] ← w[i] + m·x[i] / 2^k, with m = -rate·g[o] brought to at
// most 15 bits. m·x[i] then fits in 32 bits whatever the rate and the gradient are.
#pragma once

#include <bit>
#include <cstdint>

#include "nn/number/factor.hpp"
#include "nn/number/narrow.hpp"

namespace nn {

struct RowStep {
  std::int32_t m;  // |m| < 2^15
  int k;           // 1 to 30

  // -rate·g for inputs and weights with so many fraction bits.
  template <int Bits, int Fraction>
  static constexpr RowStep of(Factor rate, Fixed<Bits, Fraction> g, int input_fraction, int weight_fraction) {
    static_assert(Bits <= 16, "nn::RowStep: a gradient has at most 16 bits");
    const std::int32_t product = -rate.mantissa * g.raw;
    const int bits = 32 - std::countl_zero(static_cast<std::uint32_t>(product < 0 ? -product : product));
    const int surplus = bits > 15 ? bits - 15 : 0;
    const int k = rate.shift + Fraction + input_fraction - weight_fraction - surplus;
    if (k > 30) return {rounded(product, surplus + k - 30), 30};
    if (k > 0) return {rounded(product, surplus), k};
    return {product > 0 ? limit : product < 0 ? -limit : 0, 1};  // the largest step there is
  }

 private:
  static constexpr std::int32_t limit = (1 << 15) - 1;

  // To the nearest, halves upwards.
  static constexpr std::int32_t rounded(std::int32_t product, int dropped) {
    if (dropped > 30) return 0;
    const std::int32_t m = (product + ((std::int32_t{1} << dropped) >> 1)) >> dropped;
    return m > limit ? limit : m < -limit ? -limit : m;
  }
};

}  // namespace nn
