// RowStep: what plain SGD adds to one row of 16-bit weights, w[i] ← w[i] + m·x[i] / 2^k, with m = -rate·g[o] brought to at
// most 15 bits. m·x[i] then fits in 32 bits whatever the rate and the gradient are.
#pragma once

#include <bit>
#include <cstdint>

#include "nn/number/factor.hpp"
#include "nn/number/fixed.hpp"

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
    const int wanted = rate.shift + Fraction + input_fraction - weight_fraction;
    // As many bits as there may be, but at most 2^-30.
    const int surplus = bits > 15 ? bits - 15 : 0;
    const int dropped = wanted - surplus > 30 ? wanted - 30 : surplus;
    const int k = wanted - dropped;
    if (dropped > 31) return {0, 1};
    const std::int32_t m = dropped > 0 ? Nearest{}(product, dropped) : product;
    if (k < 1) {  // the largest step there is: at least half a weight's range, and still too small
      if (m == 0) return {0, 1};
      return {m > 0 ? limit : -limit, 1};
    }
    return {m > limit ? limit : m < -limit ? -limit : m, k};
  }

  // Whether rounding to the nearest leaves every weight as it is.
  constexpr bool vanishes() const { return (m < 0 ? -m : m) << 15 < 1 << (k - 1); }

 private:
  static constexpr std::int32_t limit = (1 << 15) - 1;
};

}  // namespace nn
