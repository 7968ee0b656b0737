// exponentials: nn::Elementary<float>::exp of many numbers, a vector at a time, in the same operations and so with the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "float_vector.hpp"
#include "nn/number/elementary.hpp"

namespace target {

inline FloatVector exponential(FloatVector x) {
  using Scalar = nn::Elementary<float>;
  constexpr int bias = 127, fraction = 23;
  const auto power_of_two = [](MaskVector n) { return reinterpret_cast<FloatVector>((n + bias) << fraction); };

  const MaskVector above = x > Scalar::exp_highest, below = x < Scalar::exp_lowest, is_nan = x != x;
  const FloatVector inside = choose(above | below | is_nan, FloatVector{}, x);
  const FloatVector turns = inside * 1.4426950408889634f;
  const MaskVector n = __builtin_convertvector(turns + choose(inside < 0, broadcast(-0.5f), broadcast(0.5f)), MaskVector);
  const FloatVector count = __builtin_convertvector(n, FloatVector);
  const FloatVector r = (inside - count * Scalar::ln2_high) - count * Scalar::ln2_low;

  FloatVector sum = broadcast(Scalar::inverse_factorial[Scalar::exp_terms]);
  for (std::size_t k = Scalar::exp_terms - 1; k >= 2; --k) sum = sum * r + Scalar::inverse_factorial[k];
  const FloatVector minus_1 = r + r * r * sum;
  const MaskVector half = (n - (n < 0)) >> 1;  // n / 2, towards 0
  const FloatVector power = (1 + minus_1) * power_of_two(half) * power_of_two(n - half);
  return choose(is_nan, x, choose(above, broadcast(std::numeric_limits<float>::infinity()), choose(below, FloatVector{}, power)));
}

// y[i] = e^(x[i] - highest); y may be x.
inline void exponentials(float* y, const float* x, float highest, std::size_t count) {
  if (count < vector_width) {
    float all[vector_width]{};
    std::memcpy(all, x, count * sizeof(float));
    store(all, exponential(load(all) - highest));
    std::memcpy(y, all, count * sizeof(float));
    return;
  }
  const FloatVector last = exponential(load(x + count - vector_width) - highest);  // before y, which may be x, is written
  for (std::size_t i = 0; i + vector_width < count; i += vector_width) store(y + i, exponential(load(x + i) - highest));
  store(y + count - vector_width, last);
}

}  // namespace target
