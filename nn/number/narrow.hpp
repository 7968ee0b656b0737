// narrow<Result>(x, rounding): x in a narrower format, rounded as stated, to the nearest if nothing is; beyond Result's range it
// is Result's nearest limit.
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
  template <class Whole>
  constexpr Whole operator()(Whole raw, int dropped) const {
    return static_cast<Whole>(raw >> dropped);
  }
};

// Halves upwards.
struct Nearest {
  template <class Whole>
  constexpr Whole operator()(Whole raw, int dropped) const {
    return static_cast<Whole>((raw >> dropped) + ((raw >> (dropped - 1)) & 1));
  }
};

// Upwards with the probability of what is dropped, to 16 bits: right on average. `random` is uniform in 16 bits.
struct Stochastic {
  std::uint16_t random;

  template <class Whole>
  constexpr Whole operator()(Whole raw, int dropped) const {
    const std::uint32_t dropped_bits =
        dropped > 16 ? static_cast<std::uint32_t>(raw >> (dropped - 16)) : static_cast<std::uint32_t>(raw) << (16 - dropped);
    return static_cast<Whole>((raw >> dropped) + static_cast<Whole>(((dropped_bits & 0xffffu) + random) >> 16));
  }
};

// raw, or the limit of Result that it is beyond. Of 64 bits only the low 32 are compared: two instructions on most cores.
template <class Result>
constexpr std::int32_t clamped(std::int32_t raw) {
  constexpr std::int32_t highest = Result::highest().raw;
  constexpr std::int32_t lowest = Result::lowest().raw;
  return raw > highest ? highest : raw < lowest ? lowest : raw;
}
template <class Result>
constexpr auto clamped(std::int64_t raw) {
  if constexpr (Result::bits > 32) {
    return raw;
  } else {
    auto low = static_cast<std::int32_t>(raw);
    if (low != raw) low = raw < 0 ? Fixed<32, 0>::lowest().raw : Fixed<32, 0>::highest().raw;
    return clamped<Result>(low);
  }
}

template <class Result, class Rounding = Nearest, int Bits, int Fraction>
constexpr Result narrow(Fixed<Bits, Fraction> x, const Rounding& rounding = {}) {
  if constexpr (Fraction > Result::fraction) {
    using Wide = std::conditional_t<(Bits > 32), std::int64_t, std::int32_t>;
    const Wide rounded = rounding(Wide{x.raw}, Fraction - Result::fraction);
    if constexpr (Bits - Fraction + Result::fraction < Result::bits) {
      return {static_cast<typename Result::Raw>(rounded)};
    } else {
      return {static_cast<typename Result::Raw>(clamped<Result>(rounded))};
    }
  } else {
    constexpr int more = Result::fraction - Fraction;
    if constexpr (Bits + more > Result::bits) {
      constexpr auto highest = Result::highest().raw;
      constexpr auto lowest = Result::lowest().raw;
      if constexpr (more == 0 && Result::bits <= 32)
        return {static_cast<typename Result::Raw>(clamped<Result>(Integer<(Bits > 32 ? 64 : 32)>{x.raw}))};
      if (x.raw > static_cast<typename Result::Raw>(highest >> more)) return Result::highest();
      if (x.raw < static_cast<typename Result::Raw>(lowest >> more)) return Result::lowest();
    }
    return {static_cast<typename Result::Raw>(static_cast<typename Result::Raw>(x.raw) << more)};
  }
}

// narrow<Fixed<32, Fraction>>(a + b), without 64 bits.
template <int Fraction>
constexpr Fixed<32, Fraction> saturating_sum(Fixed<32, Fraction> a, Fixed<32, Fraction> b) {
  std::int32_t sum = 0;
  if (!__builtin_add_overflow(a.raw, b.raw, &sum)) return {sum};
  return a.raw < 0 ? Fixed<32, Fraction>::lowest() : Fixed<32, Fraction>::highest();
}

// Whether x, rounded to the nearest, lies in the range of a Result of at most 32 bits.
template <class Result, int Bits, int Fraction>
  requires(Result::bits <= 32)
constexpr bool fits(Fixed<Bits, Fraction> x) {
  const std::int64_t rounded = narrow<Fixed<64, Result::fraction>>(x).raw;
  return rounded <= Result::highest().raw && rounded >= Result::lowest().raw;
}
template <class Result, std::floating_point Number>
constexpr bool fits(Number x) {
  const Number scaled = x * static_cast<Number>(std::uint64_t{1} << Result::fraction);
  constexpr auto limit = static_cast<Number>(std::uint64_t{1} << (Result::bits - 1));
  return scaled < limit - Number(0.5) && scaled >= -limit - Number(0.5);
}

// The nearest Result of any number, fixed- or floating-point.
template <class Result, class From>
constexpr Result nearest(From x) {
  if constexpr (is_fixed<Result> && is_fixed<From>)
    return narrow<Result>(x);
  else if constexpr (is_fixed<Result>)
    return Result::from(x);
  else
    return static_cast<Result>(x);
}

}  // namespace nn
