// narrow<To>(x, rounding): x in a narrower format, rounded as stated, to the nearest if nothing is; beyond To's range it is
// To's nearest limit.
//
//   constexpr auto back = narrow<Fixed<16, 10>>(quarter);
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "nn/number/fixed.hpp"

namespace nn {

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
    const std::uint32_t dropped_bits =
        dropped > 16 ? static_cast<std::uint32_t>(raw >> (dropped - 16)) : static_cast<std::uint32_t>(raw) << (16 - dropped);
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

// The nearest To of any number, fixed- or floating-point.
template <class To, class From>
constexpr To nearest(From x) {
  if constexpr (is_fixed<To> && is_fixed<From>)
    return narrow<To>(x);
  else if constexpr (is_fixed<To>)
    return To::from(x);
  else
    return static_cast<To>(x);
}

}  // namespace nn
