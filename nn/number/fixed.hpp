// Fixed<Bits, Fraction>: an integer of 8, 16, 32 or 64 bits that counts steps of 2^-Fraction.
//
//   value   raw · 2^-Fraction
//   range   [-2^(Bits-1-Fraction), 2^(Bits-1-Fraction))
//
// Sums and products are exact: their type is as wide as they may become. What makes a number narrower is written out,
// narrow<To>(x, rounding), and saturates: beyond To's range it is To's nearest limit. Exact, too, are the comparisons of two
// numbers of one type and the conversion of up to 32 bits to double.
//
//   constexpr auto half = Fixed<16, 10>::from(0.5f);     nearest, saturating; a NaN traps
//   constexpr Fixed<16, 10> same = 0.5_fixed;
//   constexpr Fixed<32, 20> quarter = half * half;
//   constexpr auto back = narrow<Fixed<16, 10>>(quarter);
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <type_traits>

#include "nn/number/bits.hpp"

namespace nn {

template <int Bits>
using Integer = std::conditional_t<Bits == 8, std::int8_t,
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

template <class T>
constexpr bool is_fixed = false;
template <int Bits, int Fraction>
constexpr bool is_fixed<Fixed<Bits, Fraction>> = true;

template <int B1, int F1, int B2, int F2>
using ProductOf = Fixed<width_of(B1 + B2), F1 + F2>;

template <int B1, int F1, int B2, int F2>
constexpr auto operator*(Fixed<B1, F1> a, Fixed<B2, F2> b) {
  using Product = ProductOf<B1, F1, B2, F2>;
  using Raw = typename Product::Raw;
  return Product{static_cast<Raw>(Raw{a.raw} * Raw{b.raw})};
}

template <int B1, int F1, int B2, int F2>
using SumOf = Fixed<width_of((B1 - F1 > B2 - F2 ? B1 - F1 : B2 - F2) + 1 + (F1 > F2 ? F1 : F2)), (F1 > F2 ? F1 : F2)>;

template <int B1, int F1, int B2, int F2>
constexpr auto operator+(Fixed<B1, F1> a, Fixed<B2, F2> b) {
  using Sum = SumOf<B1, F1, B2, F2>;
  using Raw = typename Sum::Raw;
  return Sum{static_cast<Raw>(Raw{a.raw} * (Raw{1} << (Sum::fraction - F1)) + Raw{b.raw} * (Raw{1} << (Sum::fraction - F2)))};
}

template <int B1, int F1, int B2, int F2>
constexpr auto operator-(Fixed<B1, F1> a, Fixed<B2, F2> b) {
  using Sum = SumOf<B1, F1, B2, F2>;
  using Raw = typename Sum::Raw;
  return Sum{static_cast<Raw>(Raw{a.raw} * (Raw{1} << (Sum::fraction - F1)) - Raw{b.raw} * (Raw{1} << (Sum::fraction - F2)))};
}

template <int Bits, int Fraction>
constexpr auto operator-(Fixed<Bits, Fraction> x) {
  return Fixed<Bits, Fraction>{} - x;
}

// How narrow() drops bits: each gives floor((raw + something below one step) / step).
struct Floor {
  template <class Raw>
  constexpr Raw operator()(Raw raw, int dropped) const {
    return static_cast<Raw>(raw >> dropped);
  }
};

// Halves upwards.
struct Nearest {
  template <class Raw>
  constexpr Raw operator()(Raw raw, int dropped) const {
    return static_cast<Raw>((raw >> dropped) + ((raw >> (dropped - 1)) & 1));
  }
};

// Upwards with the probability of what is dropped, to 16 bits: right on average. `random` is uniform in 16 bits.
struct Stochastic {
  std::uint16_t random;

  template <class Raw>
  constexpr Raw operator()(Raw raw, int dropped) const {
    const std::uint32_t dropped_bits = dropped > 16 ? static_cast<std::uint32_t>(raw >> (dropped - 16)) : static_cast<std::uint32_t>(raw) << (16 - dropped);
    return static_cast<Raw>((raw >> dropped) + static_cast<Raw>(((dropped_bits & 0xffffu) + random) >> 16));
  }
};

// raw, or the limit of To that it is beyond. Of 64 bits only the low 32 are compared: two instructions on most cores.
template <class To>
constexpr std::int32_t clamped(std::int32_t raw) {
  constexpr std::int32_t highest = To::highest().raw;
  constexpr std::int32_t lowest = To::lowest().raw;
  return raw > highest ? highest : raw < lowest ? lowest : raw;
}
template <class To>
constexpr auto clamped(std::int64_t raw) {
  if constexpr (To::bits > 32) {
    return raw;
  } else {
    auto low = static_cast<std::int32_t>(raw);
    if (low != raw) low = raw < 0 ? Fixed<32, 0>::lowest().raw : Fixed<32, 0>::highest().raw;
    return clamped<To>(low);
  }
}

template <class To, class Rounding = Nearest, int Bits, int Fraction>
constexpr To narrow(Fixed<Bits, Fraction> x, const Rounding& rounding = {}) {
  if constexpr (Fraction > To::fraction) {
    using Wide = std::conditional_t<(Bits > 32), std::int64_t, std::int32_t>;
    const Wide rounded = rounding(Wide{x.raw}, Fraction - To::fraction);
    if constexpr (Bits - Fraction + To::fraction < To::bits) {
      return {static_cast<typename To::Raw>(rounded)};
    } else {
      return {static_cast<typename To::Raw>(clamped<To>(rounded))};
    }
  } else {
    constexpr int more = To::fraction - Fraction;
    if constexpr (Bits + more > To::bits) {
      constexpr auto highest = To::highest().raw;
      constexpr auto lowest = To::lowest().raw;
      if constexpr (more == 0 && To::bits <= 32) return {static_cast<typename To::Raw>(clamped<To>(Integer<(Bits > 32 ? 64 : 32)>{x.raw}))};
      if (x.raw > static_cast<typename To::Raw>(highest >> more)) return To::highest();
      if (x.raw < static_cast<typename To::Raw>(lowest >> more)) return To::lowest();
    }
    return {static_cast<typename To::Raw>(static_cast<typename To::Raw>(x.raw) << more)};
  }
}

// narrow<Fixed<32, F>>(a + b), without 64 bits.
template <int F>
constexpr Fixed<32, F> saturating_sum(Fixed<32, F> a, Fixed<32, F> b) {
  std::int32_t sum = 0;
  if (!__builtin_add_overflow(a.raw, b.raw, &sum)) return {sum};
  return a.raw < 0 ? Fixed<32, F>::lowest() : Fixed<32, F>::highest();
}

// Whether x, rounded to the nearest, lies in the range of a To of at most 32 bits.
template <class To, int Bits, int Fraction>
  requires(To::bits <= 32)
constexpr bool fits(Fixed<Bits, Fraction> x) {
  const std::int64_t rounded = narrow<Fixed<64, To::fraction>>(x).raw;
  return rounded <= To::highest().raw && rounded >= To::lowest().raw;
}
template <class To, std::floating_point Number>
constexpr bool fits(Number x) {
  const Number scaled = x * static_cast<Number>(std::uint64_t{1} << To::fraction);
  constexpr auto limit = static_cast<Number>(std::uint64_t{1} << (To::bits - 1));
  return scaled < limit - Number(0.5) && scaled >= -limit - Number(0.5);
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
template <class To, std::floating_point Number>
constexpr To number(Number value) {
  if constexpr (is_fixed<To>)
    return To::from(value);
  else
    return static_cast<To>(value);
}

}  // namespace nn
