// from_half: the number of the 16 bits of a binary16 (IEEE 754-2019, section 3.6): sign, 5 of the exponent, 10 of the fraction.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace tools {

inline float from_half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  float size = exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                             : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
  if (exponent == 31) size = fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  return bits >> 15 != 0 ? -size : size;
}

}  // namespace tools
