// Fixed<Bits, Fraction>: an integer of 8, 16, 32 or 64 bits that counts steps of 2^-Fraction.
//
//   value   raw · 2^-Fraction
//   range   [-2^(Bits-1-Fraction), 2^(Bits-1-Fraction))
//
// Sums and products are exact: their type is as wide as they may become. What makes a number narrower is written
// out: nn/number/narrow.hpp. Exact, too, are the comparisons of two numbers of one type and the conversion of up to 32 bits to
// double.
//
//   constexpr auto half = Fixed<16, 10>::from(0.5f);     nearest, saturating; a NaN traps
//   constexpr Fixed<16, 10> same = 0.5_fixed;
//   constexpr Fixed<32, 20> quarter = half * half;
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <type_traits>

#include "nn/number/bits.hpp"

namespace nn {

template <int Bits>
using Integer =
    std::conditional_t<Bits == 8, std::int8_t,
                       std::conditional_t<Bits == 16, std::int16_t, std::conditional_t<Bits == 32, std::int32_t, std::int64_t>>>;

// The narrowest integer with at least so many bits.
constexpr int width_of(int bits) { return bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : bits <= 64 ? 64 : bits; }

template <int Bits, int Fraction>
struct Fixed {
  static_assert(Bits <= 64, "nn::Fixed<Bits, Fraction>: a sum or product needs more than 64 bits, narrow its terms first");
  static_assert(Bits == 8 || Bits == 16 || Bits == 32 || Bits >= 64, "nn::Fixed<Bits, Fraction>: Bits is 8, 16, 32 or 64");
  static_assert(Fraction >= 0, "nn::Fixed<Bits, Fraction>: the number of fraction bits is 0 or more");
  static_assert(Fraction < Bits, "nn::Fixed<Bits, Fraction>: there are more fraction bits than bits besides the sign");

  using Raw = Integer<Bits>;
  static constexpr int bits = Bits;
  static constexpr int fraction = Fraction;

  Raw raw;

  static constexpr Fixed highest() { return {static_cast<Raw>((std::uint64_t{1} << (Bits - 1)) - 1)}; }
  static constexpr Fixed lowest() { return {static_cast<Raw>(-highest().raw - 1)}; }

  // The nearest to a floating-point value, halves upwards.
  template <std::floating_point Number>
  static constexpr Fixed from(Number value) {
    static_assert(Bits <= 32, "nn::Fixed::from: a floating-point value is converted to at most 32 bits");
    if (Bits_of<Number>::is_nan(value)) __builtin_trap();
    constexpr auto limit = static_cast<Number>(std::uint64_t{1} << (Bits - 1 - Fraction));
    if (value >= limit) return highest();
    if (value < -limit) return lowest();
    const Number scaled = value * static_cast<Number>(std::uint64_t{1} << Fraction);
    const auto whole = static_cast<std::int32_t>(scaled);  // towards 0
    const Number rest = scaled - static_cast<Number>(whole);
    const std::int32_t up = rest >= Number(0.5) ? 1 : rest < Number(-0.5) ? -1 : 0;
    return up > 0 && whole == highest().raw ? highest() : Fixed{static_cast<Raw>(whole + up)};
  }

  template <std::floating_point Number>
  explicit constexpr operator Number() const {
    constexpr Number step = Number(1) / static_cast<Number>(std::uint64_t{1} << Fraction);
    if constexpr (Bits <= 32) {
      return static_cast<Number>(static_cast<std::int32_t>(raw)) * step;
    } else {  // in halves: a core without 64-bit conversion would need double
      const std::uint64_t size = raw < 0 ? 0 - static_cast<std::uint64_t>(raw) : static_cast<std::uint64_t>(raw);
      const auto low = static_cast<Number>(static_cast<std::uint32_t>(size));
      const Number value = (static_cast<Number>(static_cast<std::uint32_t>(size >> 32)) * Number(0x1p32) + low) * step;
      return raw < 0 ? -value : value;
    }
  }

  constexpr auto operator<=>(const Fixed&) const = default;

 private:
  template <class Number>
  using Bits_of = nn::Bits<Number>;
};

template <class Element>
constexpr bool is_fixed = false;
template <int Bits, int Fraction>
constexpr bool is_fixed<Fixed<Bits, Fraction>> = true;

template <int LeftBits, int LeftFraction, int RightBits, int RightFraction>
using ProductOf = Fixed<width_of(LeftBits + RightBits), LeftFraction + RightFraction>;

template <int LeftBits, int LeftFraction, int RightBits, int RightFraction>
constexpr auto operator*(Fixed<LeftBits, LeftFraction> a, Fixed<RightBits, RightFraction> b) {
  using Product = ProductOf<LeftBits, LeftFraction, RightBits, RightFraction>;
  using Raw = typename Product::Raw;
  return Product{static_cast<Raw>(Raw{a.raw} * Raw{b.raw})};
}

template <int LeftBits, int LeftFraction, int RightBits, int RightFraction>
using SumOf =
    Fixed<width_of((LeftBits - LeftFraction > RightBits - RightFraction ? LeftBits - LeftFraction : RightBits - RightFraction) +
                   1 + (LeftFraction > RightFraction ? LeftFraction : RightFraction)),
          (LeftFraction > RightFraction ? LeftFraction : RightFraction)>;

template <int LeftBits, int LeftFraction, int RightBits, int RightFraction>
constexpr auto operator+(Fixed<LeftBits, LeftFraction> a, Fixed<RightBits, RightFraction> b) {
  using Sum = SumOf<LeftBits, LeftFraction, RightBits, RightFraction>;
  using Raw = typename Sum::Raw;
  return Sum{static_cast<Raw>(Raw{a.raw} * (Raw{1} << (Sum::fraction - LeftFraction)) +
                              Raw{b.raw} * (Raw{1} << (Sum::fraction - RightFraction)))};
}

template <int LeftBits, int LeftFraction, int RightBits, int RightFraction>
constexpr auto operator-(Fixed<LeftBits, LeftFraction> a, Fixed<RightBits, RightFraction> b) {
  using Sum = SumOf<LeftBits, LeftFraction, RightBits, RightFraction>;
  using Raw = typename Sum::Raw;
  return Sum{static_cast<Raw>(Raw{a.raw} * (Raw{1} << (Sum::fraction - LeftFraction)) -
                              Raw{b.raw} * (Raw{1} << (Sum::fraction - RightFraction)))};
}

template <int Bits, int Fraction>
constexpr auto operator-(Fixed<Bits, Fraction> x) {
  return Fixed<Bits, Fraction>{} - x;
}

// 0.25_fixed: becomes any format in whose range it lies; elsewhere a constant expression does not compile, and a program
// traps.
struct FixedLiteral {
  long double value;

  template <int Bits, int Fraction>
  constexpr operator Fixed<Bits, Fraction>() const {
    const auto range = static_cast<long double>(std::uint64_t{1} << (Bits - 1 - Fraction));
    if (value >= range || value < -range) __builtin_trap();
    return Fixed<Bits, Fraction>::from(static_cast<double>(value));
  }
  constexpr FixedLiteral operator-() const { return {-value}; }
};

inline namespace literals {
constexpr FixedLiteral operator""_fixed(long double value) { return {value}; }
constexpr FixedLiteral operator""_fixed(unsigned long long value) { return {static_cast<long double>(value)}; }
}  // namespace literals

// The nearest value of any format to a floating-point one: number<float>(x) is x.
template <class Result, std::floating_point Number>
constexpr Result number(Number value) {
  if constexpr (is_fixed<Result>)
    return Result::from(value);
  else
    return static_cast<Result>(value);
}

}  // namespace nn
