// ByteStep: what plain SGD adds to one row of 8-bit weights, w[i] ← w[i] + floor(m·x[i] + r[i]), with m = -rate·g[o] in units of
// 2^-24 and r[i] in [0, 1): m·x[i] is rounded up with the probability of what is dropped, so it is right on average. Gupta,
// Agrawal, Gopalakrishnan and Narayanan, Deep learning with limited numerical precision (2015), section 3.2.
//
// r[0] is drawn for each row, and r[i + 1] is what r[i] + m·x[i] has behind the point. So each r[i] is uniform, as theirs are,
// but those of a row depend on each other: what one weight loses its neighbour gains, and the sum of a row's changes is within 1
// of what it ought to be. That is systematic sampling (Madow and Madow, On the theory of systematic sampling I, 1944), and takes
// no generator beside the sum.
#pragma once

#include <cstdint>

#include "nn/number/factor.hpp"
#include "nn/number/narrow.hpp"

namespace nn {

struct ByteStep {
  std::int32_t m;  // |m| < 2^23

  // -rate·g for inputs and weights with so many fraction bits, to the nearest; at most half a step of a weight for a step of an
  // input.
  template <int Bits, int Fraction>
  static constexpr ByteStep of(Factor rate, Fixed<Bits, Fraction> g, int input_fraction, int weight_fraction) {
    static_assert(Bits <= 16, "nn::ByteStep: a gradient has at most 16 bits");
    const std::int32_t product = -rate.mantissa * g.raw;
    const int dropped = rate.shift + Fraction + input_fraction - weight_fraction - 24;
    if (dropped > 30) return {0};
    if (dropped > 0) return {limited(Nearest{}(product, dropped))};
    const bool fits = dropped > -24 && product <= limit >> -dropped && product >= -(limit >> -dropped);
    return {fits ? product * (1 << -dropped) : product > 0 ? limit : product < 0 ? -limit : 0};
  }

  // What is added to w[i]; rest / 2^24 is r[i] before and r[i + 1] after.
  constexpr std::int32_t change(std::int32_t x, std::uint32_t& rest) const {
    const std::int32_t sum = m * x + static_cast<std::int32_t>(rest & 0xffffffu);
    rest = static_cast<std::uint32_t>(sum);
    return sum >> 24;
  }

 private:
  static constexpr std::int32_t limit = (1 << 23) - 1;
  static constexpr std::int32_t limited(std::int32_t m) { return m > limit ? limit : m < -limit ? -limit : m; }
};

}  // namespace nn
