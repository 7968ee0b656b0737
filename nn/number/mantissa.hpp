// Elementary functions of 32-bit mantissas in integer arithmetic, the cores of those of Fixed: a table for the leading
// bits, then a short series or Newton's iteration. Errors are below 2^-28 of the result, or 2^-28 where it is below 1.
//
//   Q31   an unsigned integer that counts steps of 2^-31; a mantissa m in [1, 2) has its top bit set
//   Q32   likewise of 2^-32, so that it is below 1
// Muller, Elementary Functions (2016), chapters 4 and 11.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/number/elementary.hpp"

namespace nn::mantissa {

constexpr std::uint32_t high_product(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint32_t>((std::uint64_t{a} * b) >> 32);
}
constexpr std::int32_t high_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>((std::int64_t{a} * b) >> 32);
}

// x = m · 2^exponent with m in [1, 2), Q31. x > 0.
struct Split {
  std::uint32_t m;
  int exponent;
};
constexpr Split split(std::uint32_t x) {
  const int zeros = std::countl_zero(x);
  return {x << zeros, 31 - zeros};
}
constexpr Split split(std::uint64_t x) {
  const auto high = static_cast<std::uint32_t>(x >> 32);
  if (high == 0) return split(static_cast<std::uint32_t>(x));
  const int zeros = std::countl_zero(high);
  return {static_cast<std::uint32_t>((x << zeros) >> 32), 63 - zeros};
}

template <std::size_t Count>
constexpr std::array<std::uint32_t, Count> table(double (*f)(std::size_t), double unit) {
  std::array<std::uint32_t, Count> values{};
  for (std::size_t k = 0; k < Count; ++k) values[k] = static_cast<std::uint32_t>(f(k) * unit + 0.5);
  return values;
}

constexpr std::uint32_t ln2 = 0xb17217f8u;  // Q32

// 2^f in [1, 2), Q31, for f in [0, 1), Q32.
constexpr std::uint32_t exp2(std::uint32_t f) {
  constexpr auto powers =
      table<16>([](std::size_t k) { return Elementary<double>::exp(double(k) / 16 * 0.6931471805599453); }, 0x1p31);
  const std::uint32_t t = high_product(f & 0x0fffffffu, ln2);  // 2^f = 2^(k/16) · e^t
  const std::uint32_t fourth = t >> 2;
  const std::uint32_t third = high_product(t + high_product(t, fourth), 0x55555555u);
  const std::uint32_t half = (t + high_product(t, third)) >> 1;
  const std::uint32_t above_1 = t + high_product(t, half);  // t + t²/2 + t³/6 + t⁴/24
  const std::uint32_t power = powers[f >> 28];
  return power + high_product(power, above_1);
}

// The middle of each sixteenth of [1, 2), inverted: Q32.
inline constexpr auto inverses = table<16>([](std::size_t k) { return 32.0 / (33.0 + 2.0 * double(k)); }, 0x1p32);

// log m in [0, 0.7), Q32, for m in [1, 2), Q31.
constexpr std::uint32_t log(std::uint32_t m) {
  constexpr auto logarithms =
      table<16>([](std::size_t k) { return Elementary<double>::log((33.0 + 2.0 * double(k)) / 32.0); }, 0x1p32);
  const std::size_t k = m >> 27 & 15u;
  // m = c·(1 + e) with |e| <= 1/32; e in Q32
  const auto e = static_cast<std::int32_t>(static_cast<std::uint32_t>((std::uint64_t{m} * inverses[k]) >> 31));
  const std::int32_t fifth = high_product(e, 0x33333333);
  const std::int32_t fourth = high_product(e, 0x40000000 - fifth);
  const std::int32_t third = high_product(e, 0x55555555 - fourth);
  const std::int32_t half = (e >> 1) - high_product(e, third);
  // e - e²/2 + e³/3 - e⁴/4 + e⁵/5
  const std::uint32_t sum = logarithms[k] + static_cast<std::uint32_t>(e - high_product(e, half));
  return k == 0 && (sum >> 31) != 0 ? 0 : sum;  // m is 1
}

// 1 / m in (0.5, 1], Q31, for m in [1, 2), Q31.
constexpr std::uint32_t reciprocal(std::uint32_t m) {
  std::uint32_t y = inverses[m >> 27 & 15u];  // Q32, within 2^-5
  for (int turn = 0; turn < 3; ++turn) {
    const std::uint32_t off = 0u - (high_product(m, y) << 1);  // 1 - m·y, as a signed Q32
    const auto error = static_cast<std::int32_t>(off);
    const auto correction = static_cast<std::uint32_t>((std::int64_t{error} * std::int64_t{y}) >> 32);
    const std::uint32_t next = y + correction;
    y = error > 0 && next < y ? 0xffffffffu : next;
  }
  return (y >> 1) + (y & 1u);
}

// 1 / √m in (0.5, 1], Q31, for m in [1, 4), Q30.
constexpr std::uint32_t reciprocal_square_root(std::uint32_t m) {
  constexpr auto roots =
      table<12>([](std::size_t k) { return 1 / Elementary<double>::sqrt((9.0 + 2.0 * double(k)) / 8.0); }, 0x1p31);
  std::uint32_t y = roots[(m >> 28) - 4];  // Q31, within 6 %
  for (int turn = 0; turn < 4; ++turn) {
    // y ← y·(3 - m·y²) / 2
    const auto square = static_cast<std::uint32_t>((std::uint64_t{y} * y) >> 31);
    const auto near_1 = static_cast<std::uint32_t>((std::uint64_t{m} * square) >> 30);
    const std::uint64_t next = (y * ((std::uint64_t{3} << 31) - near_1)) >> 32;
    y = static_cast<std::uint32_t>(next > 0x80000000u ? 0x80000000u : next);
  }
  return y;
}

// √m in [0.5, 1), Q32, for m in [0.25, 1), Q32, within 2^-28: 1/√m of 14 bits by a table and one turn of Newton's, then one of
// his for the root itself. Both are too small, if anything.
inline constexpr auto inverted_roots = [] {
  std::array<std::uint16_t, 192> values{};  // of the middle of each 1/256, Q15
  for (std::size_t k = 0; k < values.size(); ++k)
    values[k] = static_cast<std::uint16_t>(0x1p15 / Elementary<double>::sqrt((2.0 * double(k) + 129.0) / 512.0) + 0.5);
  return values;
}();
constexpr std::uint32_t quick_root(std::uint32_t m) {
  const std::uint32_t first = inverted_roots[(m >> 24) - 64];
  const std::uint32_t inverse = high_product(first << 16, 0xc0000000u - high_product(m, first * first));  // Q30
  const std::uint32_t root = high_product(m, inverse) >> 14;                                              // Q16
  return (root << 16) + high_product((m - root * root) * 2, inverse);
}

// √m in [1, 2), Q31, for m in [1, 4), Q30: m · 1/√m.
constexpr std::uint32_t square_root(std::uint32_t m) {
  return static_cast<std::uint32_t>((std::uint64_t{m} * reciprocal_square_root(m)) >> 30);
}

}  // namespace nn::mantissa
