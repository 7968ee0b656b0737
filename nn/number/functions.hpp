// Elementary functions of any number, to any format: exp<Result>(x), log<Result>(x), … For float and double, Result is the
// number's own type and the work is that of Elementary. For Fixed they are computed in integer arithmetic, then rounded to
// Result, whose limits they do not pass.
//
// Errors, held by tests/host/fixed_functions.cpp over all 65,536 inputs of formats of 16 bits, and over random ones of 32:
// to 8 and 16 bits at most 0.501 steps of Result, where nearest rounding alone makes 0.500; to 32 bits at most half a step and
// 2^-27 of the result, or 2^-27 where the result is below 1. Beyond Result's range it is Result's limit.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "nn/number/elementary.hpp"
#include "nn/number/narrow.hpp"
#include "nn/number/mantissa.hpp"

namespace nn {

// ±m · 2^(exponent - 31) as a Result; m is any 32-bit integer.
template <class Result>
constexpr Result from_mantissa(std::uint32_t m, int exponent, bool negative = false) {
  constexpr auto highest = static_cast<std::uint32_t>(Result::highest().raw);
  const int dropped = 31 - exponent - Result::fraction;
  if (m == 0 || dropped > 32) return {};
  std::uint32_t size = ~0u;
  if (dropped > 0)
    size = (dropped == 32 ? 0 : m >> dropped) + (m >> (dropped - 1) & 1u);
  else if (dropped >= -31 && m <= (highest >> -dropped))
    size = m << -dropped;
  if (size > highest) return negative ? Result::lowest() : Result::highest();
  return {static_cast<typename Result::Raw>(negative ? 0u - size : size)};
}

// |x| as an integer; of the lowest value too.
template <int Bits, int Fraction>
constexpr std::uint32_t magnitude(Fixed<Bits, Fraction> x) {
  static_assert(Bits <= 32, "nn::Fixed: functions take numbers of at most 32 bits");
  const auto raw = static_cast<std::uint32_t>(std::int32_t{x.raw});
  return x.raw < 0 ? 0u - raw : raw;
}

// e^(-|x|) in [0, 1], or e^|x|, as a mantissa in [1, 2), Q31, and an exponent of 2.
template <int Bits, int Fraction>
constexpr mantissa::Split exponential(Fixed<Bits, Fraction> x, bool negative) {
  // |x| / ln 2 = n + f
  constexpr std::uint64_t log2_e = 0x5c551d95u;  // Q30
  const std::uint64_t turns = magnitude(x) * log2_e;
  const auto whole = static_cast<std::uint32_t>(turns >> (Fraction + 30));
  const int n = whole < 64 ? static_cast<int>(whole) : 64;  // beyond every format
  const auto f = static_cast<std::uint32_t>(Fraction >= 2 ? turns >> (Fraction - 2) : turns << (2 - Fraction));
  if (!negative) return {mantissa::exp2(f), n};
  return f == 0 ? mantissa::Split{1u << 31, -n} : mantissa::Split{mantissa::exp2(0u - f), -n - 1};
}

template <class Result, int Bits, int Fraction>
constexpr Result exp(Fixed<Bits, Fraction> x) {
  const auto [m, exponent] = exponential(x, x.raw < 0);
  return from_mantissa<Result>(m, exponent);
}

// The natural logarithm; Result's lowest value at 0 and below.
template <class Result, int Bits, int Fraction>
constexpr Result log(Fixed<Bits, Fraction> x) {
  if (x.raw <= 0) return Result::lowest();
  const auto [m, exponent] = mantissa::split(static_cast<std::uint32_t>(x.raw));
  // log m + (exponent - Fraction) · ln 2, Q31
  const std::int64_t sum =
      static_cast<std::int64_t>(mantissa::log(m) >> 1) + std::int64_t{exponent - Fraction} * (mantissa::ln2 >> 1);
  return narrow<Result>(Fixed<64, 31>{sum});
}

// e^(-|x|), Q31: 0 where it is smaller than a step.
template <int Bits, int Fraction>
constexpr std::uint32_t falling(Fixed<Bits, Fraction> x) {
  const auto [m, exponent] = exponential(x, true);
  return exponent < -31 ? 0 : m >> -exponent;
}

// 1 / (1 + e^-x)
template <class Result, int Bits, int Fraction>
constexpr Result sigmoid(Fixed<Bits, Fraction> x) {
  const std::uint32_t e = falling(x);
  // (1 + e) / 2 is below 1, but for x = 0
  const std::uint32_t share = e == 1u << 31 ? 1u << 30 : mantissa::reciprocal((1u << 31) + e);  // 1 / (1 + e), Q31
  return from_mantissa<Result>(x.raw < 0 ? (1u << 31) - share : share, 0);
}

template <class Result, int Bits, int Fraction>
constexpr Result tanh(Fixed<Bits, Fraction> x) {
  // (1 - e) / (1 + e) = 2 / (1 + e) - 1 with e = e^-2|x|
  const std::uint32_t root = falling(x);
  const std::uint32_t e = static_cast<std::uint32_t>((std::uint64_t{root} * root) >> 31);
  if (e == 1u << 31) return {};
  const std::uint32_t share = mantissa::reciprocal((1u << 31) + e);
  return from_mantissa<Result>(2 * (share - (1u << 30)), 0, x.raw < 0);
}

// log(1 + e^x)
template <class Result, int Bits, int Fraction>
constexpr Result softplus(Fixed<Bits, Fraction> x) {
  const std::uint32_t e = falling(x);
  const std::uint32_t tail = e == 1u << 31 ? mantissa::ln2 >> 1 : mantissa::log((1u << 31) + e) >> 1;  // Q31
  const std::int64_t line = x.raw < 0 ? 0 : std::int64_t{x.raw} << (31 - Fraction);
  return narrow<Result>(Fixed<64, 31>{line + tail});
}

// 1 / x; Result's limit at 0.
template <class Result, int Bits, int Fraction>
constexpr Result reciprocal(Fixed<Bits, Fraction> x) {
  if (x.raw == 0) return Result::highest();
  const auto [m, exponent] = mantissa::split(magnitude(x));
  return from_mantissa<Result>(mantissa::reciprocal(m), Fraction - exponent, x.raw < 0);
}

// x = m · 2^(2·exponent) with m in [1, 4), Q30. x > 0; with an even number of fraction bits.
template <std::unsigned_integral Number>
constexpr mantissa::Split split_evenly(Number x) {
  const auto [m, exponent] = mantissa::split(x);
  return exponent % 2 == 0 ? mantissa::Split{m >> 1, exponent / 2} : mantissa::Split{m, (exponent - 1) / 2};
}

// 1 / √x; Result's highest value at 0 and below.
template <class Result, int Bits, int Fraction>
constexpr Result reciprocal_square_root(Fixed<Bits, Fraction> x) {
  static_assert(Bits <= 32 || Fraction % 2 == 0, "nn::reciprocal_square_root: of 64 bits, an even number is behind the point");
  if (x.raw <= 0) return Result::highest();
  using Word = std::conditional_t<(Bits > 32), std::uint64_t, std::uint32_t>;
  const auto [m, half] = split_evenly(static_cast<Word>(static_cast<Word>(x.raw) << (Fraction % 2)));
  return from_mantissa<Result>(mantissa::reciprocal_square_root(m), (Fraction + Fraction % 2) / 2 - half);
}

// √x; 0 below 0.
template <class Result, int Bits, int Fraction>
constexpr Result square_root(Fixed<Bits, Fraction> x) {
  if (x.raw <= 0) return {};
  const auto [m, half] = split_evenly(static_cast<std::uint32_t>(x.raw) << (Fraction % 2));
  return from_mantissa<Result>(mantissa::square_root(m), half - (Fraction + Fraction % 2) / 2);
}

template <class Result, std::floating_point Number>
constexpr Result exp(Number x) {
  return Elementary<Number>::exp(x);
}
template <class Result, std::floating_point Number>
constexpr Result log(Number x) {
  return Elementary<Number>::log(x);
}
template <class Result, std::floating_point Number>
constexpr Result sigmoid(Number x) {
  return Elementary<Number>::sigmoid(x);
}
template <class Result, std::floating_point Number>
constexpr Result tanh(Number x) {
  return Elementary<Number>::tanh(x);
}
template <class Result, std::floating_point Number>
constexpr Result softplus(Number x) {
  return Elementary<Number>::softplus(x);
}
template <class Result, std::floating_point Number>
constexpr Result reciprocal(Number x) {
  return 1 / x;
}
template <class Result, std::floating_point Number>
constexpr Result reciprocal_square_root(Number x) {
  return 1 / Elementary<Number>::sqrt(x);
}

}  // namespace nn
