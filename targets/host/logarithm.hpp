// logarithm: nn::Elementary<float>::log of a vector, in the same operations and so with the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "float_vector.hpp"
#include "nn/number/elementary.hpp"

namespace target {

inline FloatVector logarithm(FloatVector x) {
  using Scalar = nn::Elementary<float>;
  using Limits = std::numeric_limits<float>;
  constexpr int bias = 127, fraction = 23;
  constexpr std::int32_t fraction_mask = (1 << fraction) - 1, one = bias << fraction;

  const MaskVector below = x < 0.0f, is_zero = x == 0.0f, unbounded = x == Limits::infinity(), is_nan = x != x,
                   tiny = x < Limits::min();
  const FloatVector inside = choose(below | is_zero | unbounded | is_nan, broadcast(1), choose(tiny, x * 0x1p23f, x));
  const MaskVector word = reinterpret_cast<MaskVector>(inside);
  const FloatVector mantissa = reinterpret_cast<FloatVector>((word & fraction_mask) | one);
  const MaskVector large = mantissa > 1.4142135623730951f;
  const FloatVector m = choose(large, mantissa / 2, mantissa);
  const MaskVector exponent = (tiny & -fraction) + ((word >> fraction) - bias) - large;

  const FloatVector f = m - 1;
  const FloatVector s = f / (2 + f);
  const FloatVector z = s * s;
  FloatVector sum{};
  for (std::size_t k = Scalar::log_terms; k > 0; --k) sum = z * (sum + Scalar::log_coefficient[k]);
  const FloatVector log_m = f - s * (f - sum);
  const FloatVector n = __builtin_convertvector(exponent, FloatVector);
  const FloatVector result = n * Scalar::ln2_high + (n * Scalar::ln2_low + log_m);
  return choose(below, broadcast(Limits::quiet_NaN()),
                choose(is_zero, broadcast(-Limits::infinity()), choose(unbounded | is_nan, x, result)));
}

}  // namespace target
