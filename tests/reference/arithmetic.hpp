// The integer arithmetic of TensorFlow Lite's reference kernels, as plain as it can be said.
// ai.google.dev/edge/litert/models/quantization_spec; gemmlowp's doc/quantization.md.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "model.hpp"

namespace reference {

using Integer = std::int64_t;

// What a sum or shifted value of 32 bits must not leave: beyond, the reference's behaviour is undefined.
inline Integer word(Integer x) {
  if (x < std::numeric_limits<std::int32_t>::min() || x > std::numeric_limits<std::int32_t>::max())
    throw Undefined{"a number of more than 32 bits"};
  return x;
}

inline Integer clamped(Integer x, Integer least, Integer most) { return x < least ? least : x > most ? most : x; }
inline Integer saturated(Integer x) {
  return clamped(x, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max());
}

inline Integer power(int exponent) { return Integer{1} << exponent; }

// x / y rounded down, y > 0.
inline Integer floor_division(Integer x, Integer y) { return x / y - (x % y < 0 ? 1 : 0); }

// x / 2^bits, ties away from zero.
inline Integer divided(Integer x, int bits) {
  if (bits == 0) return x;
  const Integer half = power(bits - 1);
  return x >= 0 ? (x + half) >> bits : -((-x + half) >> bits);
}

// x * y / 2^31, ties up; saturates where both are the least number.
inline Integer high_product(Integer x, Integer y) { return saturated(floor_division(x * y + power(30), power(31))); }
// The same for 16 bits.
inline Integer high_product_16(Integer x, Integer y) {
  return clamped(floor_division(x * y + power(14), power(15)), -32768, 32767);
}

// A real factor: number / 2^31 * 2^shift.
struct Factor {
  Integer number;
  int shift;
};

inline Factor factor(double real) {
  if (real == 0) return {0, 0};
  int shift = 0;
  const double fraction = std::frexp(real, &shift);
  auto number = static_cast<Integer>(std::round(fraction * 2147483648.0));
  if (number == power(31)) number /= 2, ++shift;
  if (shift < -31) return {0, 0};
  return {number, shift};
}

// In 32 bits, two roundings.
inline Integer scaled(Integer x, Factor by) {
  if (by.shift > 31) throw Undefined{"a factor above 2^31"};
  return divided(high_product(word(word(x) * power(by.shift > 0 ? by.shift : 0)), by.number), by.shift < 0 ? -by.shift : 0);
}

// Of sums of 64 bits: a factor of 16 bits, one rounding, ties up.
inline Integer scaled_wide(Integer x, Factor by) {
  if (by.shift >= 8 || by.number < 0) throw Undefined{"a factor of 128 or more, or a negative one"};
  if (x < -power(47) || x >= power(47)) throw Undefined{"a sum of more than 48 bits"};
  const Integer number = by.number < 0x7FFF0000 ? (by.number + power(15)) >> 16 : 0x7FFF;
  const int shift = 15 - by.shift;
  return word(floor_division(x * number + power(shift - 1), power(shift)));
}

inline int leading_zeros(std::uint32_t x) {
  int count = 0;
  for (std::uint32_t bit = 0x80000000u; bit != 0 && (x & bit) == 0; bit >>= 1) ++count;
  return count;
}

// The largest distance of a code whose scaled value has `bits` bits before the point.
inline Integer input_radius(int bits, int left_shift) {
  if (left_shift < 0) throw Undefined{"a very small scale"};
  return static_cast<Integer>(
      std::floor(static_cast<double>(power(bits) - 1) * static_cast<double>(power(31 - bits)) / std::ldexp(1.0, left_shift)));
}

}  // namespace reference
