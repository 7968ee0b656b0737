// Bits: the layout of an IEEE 754 binary number, to take it apart and put it together in constant expressions.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace nn {

template <class Number>
struct Bits {
  static_assert(std::numeric_limits<Number>::is_iec559, "nn::Bits: the number must be IEEE 754");
  using Word = std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t>;
  static constexpr int fraction = std::numeric_limits<Number>::digits - 1;  // stored bits of the significand
  static constexpr int bias = std::numeric_limits<Number>::max_exponent - 1;
  static constexpr Word fraction_mask = (Word{1} << fraction) - 1;
  static constexpr Word hidden = Word{1} << fraction;

  static constexpr Word of(Number x) { return std::bit_cast<Word>(x); }
  static constexpr Number number(Word word) { return std::bit_cast<Number>(word); }

  // 2^exponent, for -bias < exponent <= bias.
  static constexpr Number power_of_two(int exponent) { return number(static_cast<Word>(exponent + bias) << fraction); }

  static constexpr Word infinity = static_cast<Word>(2 * bias + 1) << fraction;

  // Without its sign: larger for larger sizes, above infinity for a NaN. All by bits, so that no compiler option can hide a NaN.
  static constexpr Word magnitude(Number x) { return of(x) & (static_cast<Word>(~Word{0}) >> 1); }
  static constexpr bool is_nan(Number x) { return magnitude(x) > infinity; }
  static constexpr bool is_finite(Number x) { return magnitude(x) < infinity; }
};

}  // namespace nn
