// The arithmetic of recurrent layers on int8, number by number in wide integers: what their kernels are judged by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace gate_rule {

using nn::int8::Scale;
using Wide = std::int64_t;

// A rising line of the table's kind; TensorFlow Lite's own is tested with its models.
inline constexpr std::array<std::uint16_t, 256> table = [] {
  std::array<std::uint16_t, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint16_t>(32768 + i * 257 / 2);
  return values;
}();

inline Wide limited(Wide x, Wide least, Wide most) { return x < least ? least : x > most ? most : x; }
inline Wide short_number(Wide x) { return limited(x, -32768, 32767); }

// round(round(x·2^left·m / 2^31) / 2^right), the first half up, the second away from 0.
inline Wide scaled(Wide x, Scale scale) {
  if (scale.shift > 0) x = static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << scale.shift);
  const Wide product = (x * scale.multiplier + (Wide{1} << 30)) >> 31;
  if (scale.shift >= 0) return product;
  const Wide half = Wide{1} << (-scale.shift - 1);
  return product < 0 ? -((half - product) >> -scale.shift) : (product + half) >> -scale.shift;
}

inline Wide curve(Wide position, int bits, Wide beyond) {
  const auto whole = static_cast<std::size_t>(position >> bits);
  if (whole >= 255) return beyond;
  const Wide rest = position % (1 << bits);
  return Wide{table[whole]} * (1 << bits) + rest * (Wide{table[whole + 1]} - table[whole]);
}
inline Wide logistic(Wide v) {
  const Wide value = curve(v < 0 ? -v : v, 9, 0x7fff << 10);
  return (v < 0 ? (1 << 25) - value + 511 : value + 512) >> 10;
}
inline Wide hyperbolic(Wide v) {
  const Wide value = curve(v < 0 ? -v : v, 8, 0xffff << 8) - (1 << 23);
  return (v < 0 ? 127 - value : value + 128) >> 8;
}

}  // namespace gate_rule
