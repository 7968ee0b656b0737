// What the compiler needs to compute tables. Constants alone call it: an image has none of it.
//
// Tables of the integer front ends are defined by the single precision of the programs that models were trained with, in which
// log1p is not exactly rounded: the steps of Ng's fdlibm (Sun Microsystems, 1993) are repeated here, in float, without fused
// operations. Cosine and power are computed in double, of which float is a rounding.
#pragma once

#include <cstdint>

#include "nn/number/elementary.hpp"

namespace nn::signal {

inline constexpr double pi = 3.14159265358979323846;

// cos x for 0 <= x < 2^20, within 2^-50 or so.
constexpr double cosine(double x) {
  const double quarters = x / (pi / 2);
  const auto whole = static_cast<std::int64_t>(quarters + 0.5);
  const double high = 1.57079632673412561417, low = 6.07710050650619224932e-11;  // pi / 2; the first has 33 bits
  const double rest = (x - static_cast<double>(whole) * high) - static_cast<double>(whole) * low;
  const double sine = Elementary<double>::sine_quarter(rest / (pi / 2));
  const double half = Elementary<double>::sine_quarter(rest / pi);
  const double cosine = 1 - 2 * half * half;
  const double turned[]{cosine, -sine, -cosine, sine};
  return turned[whole % 4];
}
constexpr double sine(double x) { return cosine(x + 3 * (pi / 2)); }

constexpr double floor(double x) {
  const auto whole = static_cast<double>(static_cast<std::int64_t>(x));
  return whole > x ? whole - 1 : whole;
}

// x^y for x > 0, rounded to float.
constexpr float power(float x, float y) {
  const double exponent = static_cast<double>(y) * Elementary<double>::log(static_cast<double>(x));
  return static_cast<float>(Elementary<double>::exp(exponent));
}

// log(1 + x) for x >= 0, as fdlibm's log1pf rounds it.
constexpr float log1p(float x) {
  using bits = Bits<float>;
  constexpr std::uint32_t root_two = 0x3504f7;  // the fraction of the square root of 2
  float f = x, correction = 0;
  int k = 0;
  std::uint32_t fraction = 1;
  if (bits::of(x) < 0x31000000u) return x - x * x * 0.5f;
  if (bits::of(x) >= 0x3ed413d7u) {  // 0.41422
    const float u = 1 + x;
    k = static_cast<int>(bits::of(u) >> bits::fraction) - bits::bias;
    correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    fraction = bits::of(u) & bits::fraction_mask;
    const bool above = fraction >= root_two;
    if (above) ++k;
    f = bits::number(fraction | (above ? 0x3f000000u : 0x3f800000u)) - 1;
    if (above) fraction = (bits::hidden - fraction) >> 2;
  }
  const float n = static_cast<float>(k), ln2_high = 0x1.62e3p-1f, ln2_low = 0x1.2fefa2p-17f;
  const float half_square = 0.5f * f * f;
  if (fraction == 0) {  // |f| < 2^-20
    if (f == 0) return n * ln2_high + (correction + n * ln2_low);
    const float rest = half_square * (1 - 0x1.555556p-1f * f);
    return k == 0 ? f - rest : n * ln2_high - ((rest - (n * ln2_low + correction)) - f);
  }
  const float s = f / (2 + f), z = s * s;
  const float coefficient[]{0x1.555556p-1f, 0x1.99999ap-2f, 0x1.24924ap-2f, 0x1.c71c52p-3f, 0x1.74664ap-3f, 0x1.39a09ep-3f, 0x1.2f112ep-3f};
  float rest = 0;
  for (int i = 6; i >= 0; --i) rest = z * (coefficient[i] + rest);
  if (k == 0) return f - (half_square - s * (half_square + rest));
  return n * ln2_high - ((half_square - (s * (half_square + rest) + (n * ln2_low + correction))) - f);
}

}  // namespace nn::signal
