// A faded mean of squares, v ← smoothing·v + (1 - smoothing)·g², and a step in its units, factor·m / (√v + epsilon): what
// RmsProp and Adam have in common.
//
// In fixed point √v is kept instead of v, which would need twice its bits. With steps of 2^-27 and a smoothing of 0.999, √v
// no longer fades once it is below 7.5e-6. √v is within 2^-16 and one step; the quotient m / (√v + epsilon) within 2^-24 and
// held in [-128, 128), its product with the factor within 2^-15 (tests/host/fixed_functions.cpp).
#pragma once

#include <cstdint>

#include "nn/number/arithmetic.hpp"
#include "nn/number/fixed_point.hpp"

namespace nn {

template <class Arithmetic, class Number>
  requires(!is_fixed<Number>)
constexpr Number mean_square(float smoothing, Number v, Number g) {
  return Arithmetic::moment(Number(smoothing) * v + (1 - Number(smoothing)) * (g * g));
}

template <class Arithmetic, class Kernels, class Number>
  requires(!is_fixed<Number>)
constexpr Number over_root(float factor, Number m, Number v, float epsilon) {
  return Number(factor) * m / (Kernels::sqrt(v) + Number(epsilon));
}

template <class Arithmetic, int Fraction>
constexpr Fixed<32, Fraction> mean_square(float smoothing, Fixed<32, Fraction> root, auto g) {
  const Fixed<32, Fraction> gradient = Arithmetic::moment(g);
  const std::int64_t now = std::int64_t{root.raw} * root.raw;
  const std::int64_t change = std::int64_t{gradient.raw} * gradient.raw - now;
  // change · share / 2^15, without leaving 64 bits
  const auto [share, shift] = Factor::of(1 - smoothing);
  const bool large = change >= std::int64_t{1} << 47 || change <= -(std::int64_t{1} << 47);
  const std::int64_t product = large ? (change >> 15) * share : (change * share) >> 15;
  const std::int64_t square = now + (shift < 15 ? product * 2 : shift >= 15 + 64 ? 0 : product >> (shift - 15));
  if (square <= 0) return {};
  const auto [m, exponent] = split_evenly(static_cast<std::uint64_t>(square));
  return from_mantissa<Fixed<32, Fraction>>(mantissa::square_root(m), exponent - Fraction);
}

template <class Arithmetic, class Kernels, int Fraction>
constexpr Fixed<32, Fraction> over_root(float factor, auto m, Fixed<32, Fraction> root, float epsilon) {
  const auto numerator = narrow<Fixed<32, Fraction>>(m);
  const std::uint32_t sum =
      static_cast<std::uint32_t>(root.raw) + static_cast<std::uint32_t>(Fixed<32, Fraction>::from(epsilon).raw);
  const auto [d, exponent] = mantissa::split(sum > 0 ? sum : 1u);
  const std::int64_t quotient = std::int64_t{numerator.raw} * mantissa::reciprocal(d);  // · 2^-(31 + exponent)
  return Factor::of(factor).times<Fixed<32, Fraction>>(Arithmetic::relative_step(Fixed<64, 24>{quotient >> (exponent + 7)}));
}

}  // namespace nn
