// Elementary functions from + - * / and shifts alone, so that every compiler and core returns the same bits.
//
// Each is written once for float and double: argument reduction, then a series cut where its next term is
// below half a unit of the last place (a shorter series for float). Largest errors in float, in units of the last
// place, measured against the C library's double by tests/host/elementary.cpp:
//   exp 1.1   log 1.0   tanh 2.5   sigmoid 2.5   softplus 2.1   sine of a quarter turn 2.2   sqrt 0.5 (correctly rounded)
// Muller, Elementary Functions (2016), chapters 9 and 11.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "nn/number/bits.hpp"

namespace nn {

template <class Number>
struct Elementary {
  // e^x. Overflows to infinity above 88.7 (709.7), is 0 below -104 (-745.2).
  static constexpr Number exp(Number x) {
    if (!(x == x)) return x;
    if (x > exp_highest) return std::numeric_limits<Number>::infinity();
    if (x < exp_lowest) return 0;
    const Reduced reduced = reduce(x);
    const int half = reduced.n / 2;  // two steps: 2^n alone may leave the range where the result does not
    return (1 + exponential_minus_1(reduced.r)) * bits::power_of_two(half) * bits::power_of_two(reduced.n - half);
  }

  // The natural logarithm of x; -infinity at 0, NaN below.
  static constexpr Number log(Number x) {
    if (x < 0) return std::numeric_limits<Number>::quiet_NaN();
    if (x == 0) return -std::numeric_limits<Number>::infinity();
    if (!bits::is_finite(x)) return x;
    int exponent = 0;
    if (x < std::numeric_limits<Number>::min()) {
      x *= bits::power_of_two(bits::fraction);
      exponent = -bits::fraction;
    }
    auto word = bits::of(x);
    exponent += static_cast<int>(word >> bits::fraction) - bits::bias;
    word = (word & bits::fraction_mask) | bits::of(1);
    Number m = bits::number(word);  // x = m · 2^exponent, m brought to [0.70, 1.41]
    if (m > Number(1.4142135623730951)) {
      m /= 2;
      ++exponent;
    }
    // log m = 2 artanh s = 2(s + s³/3 + s⁵/5 + …)
    const Number f = m - 1;
    const Number s = f / (2 + f);
    const Number z = s * s;
    Number sum = 0;
    for (std::size_t k = log_terms; k > 0; --k) sum = z * (sum + log_coefficient[k]);
    // 2s = f - s·f loses nothing where f is small.
    const Number log_m = f - s * (f - sum);
    const Number n = static_cast<Number>(exponent);
    return n * ln2_high + (n * ln2_low + log_m);
  }

  // log(1 + x) for 0 <= x <= 1, exact to the last place near 0.
  static constexpr Number log1p(Number x) {
    const Number u = 1 + x;
    return u == 1 ? x : log(u) + (x - (u - 1)) / u;
  }

  static constexpr Number tanh(Number x) {
    const Number a = x < 0 ? -x : x;
    if (!(a <= tanh_is_one)) return x < 0 ? Number(-1) : x > 0 ? Number(1) : x;
    if (a < bits::power_of_two(-bits::fraction / 2 - 1)) return x;
    const Reduced reduced = reduce(2 * a);  // tanh a = (e^2a - 1) / (e^2a + 1)
    const Number power = bits::power_of_two(reduced.n);
    const Number e = exponential_minus_1(reduced.r) * power + (power - 1);
    const Number t = e / (e + 2);
    return x < 0 ? -t : t;
  }

  // 1 / (1 + e^-x)
  static constexpr Number sigmoid(Number x) {
    const Number e = exp(x < 0 ? x : -x);
    return (x < 0 ? e : Number(1)) / (1 + e);
  }

  // log(1 + e^x)
  static constexpr Number softplus(Number x) {
    const Number tail = log1p(exp(x < 0 ? x : -x));
    return x < 0 ? tail : x + tail;
  }

  // sin(turn · π/2) for -1 <= turn <= 1.
  static constexpr Number sine_quarter(Number turn) {
    const Number x = turn * Number(1.5707963267948966);
    const Number z = x * x;
    Number sum = 0;
    for (std::size_t k = sine_terms; k > 0; --k) sum = (1 - sum) * z / Number(2 * k * (2 * k + 1));
    return x - x * sum;
  }

  // The square root of x, correctly rounded: one bit of the root a turn. A core with an instruction for it hides this.
  static constexpr Number sqrt(Number x) {
    using Word = typename bits::Word;
    if (!(x > 0) || !bits::is_finite(x)) return x < 0 ? std::numeric_limits<Number>::quiet_NaN() : x;
    int exponent = -bits::bias;
    if (x < std::numeric_limits<Number>::min()) {
      x *= bits::power_of_two(2 * (bits::fraction / 2) + 2);
      exponent -= 2 * (bits::fraction / 2) + 2;
    }
    const Word word = bits::of(x);
    exponent += static_cast<int>(word >> bits::fraction);
    Word rest = ((word & bits::fraction_mask) | bits::hidden) << (exponent % 2 == 0 ? 1 : 2);
    exponent = exponent >= 0 ? exponent / 2 : (exponent - 1) / 2;
    Word root = 0;
    Word twice = 0;  // twice the root found so far
    for (Word bit = bits::hidden << 1; bit != 0; bit >>= 1) {
      if (twice + bit <= rest) {
        rest -= twice + bit;
        twice += 2 * bit;
        root += bit;
      }
      rest <<= 1;
    }
    if (rest != 0) root += root & 1;
    return bits::number((root >> 1) + (static_cast<Word>(exponent + bits::bias - 1) << bits::fraction));
  }

 private:
  using bits = Bits<Number>;
  static constexpr bool single = sizeof(Number) == 4;

 public:
  // What exp is made of.
  static constexpr std::size_t exp_terms = single ? 7 : 13;
  static constexpr Number exp_highest = single ? Number(88.72284) : Number(709.782712893384);
  static constexpr Number exp_lowest = single ? Number(-104) : Number(-745.2);
  // ln 2 in two parts; n · ln2_high is exact for every exponent n.
  static constexpr Number ln2_high = single ? Number(0x1.62e4p-1) : Number(0x1.62e42feep-1);
  static constexpr Number ln2_low = single ? Number(0x1.7f7d1cf79abcap-20) : Number(0x1.a39ef35793c76p-33);
  static constexpr std::array<Number, exp_terms + 1> inverse_factorial = [] {
    std::array<Number, exp_terms + 1> table{};
    long double value = 1;
    for (std::size_t k = 0; k <= exp_terms; ++k) {
      if (k > 0) value /= static_cast<long double>(k);
      table[k] = static_cast<Number>(value);
    }
    return table;
  }();
  // What log is made of.
  static constexpr std::size_t log_terms = single ? 4 : 10;
  // 2 / (2k + 1)
  static constexpr std::array<Number, log_terms + 1> log_coefficient = [] {
    std::array<Number, log_terms + 1> table{};
    for (std::size_t k = 0; k <= log_terms; ++k) table[k] = Number(2) / Number(2 * k + 1);
    return table;
  }();

 private:
  static constexpr std::size_t sine_terms = single ? 6 : 10;
  static constexpr Number tanh_is_one = single ? Number(10) : Number(20);

  // x = n · ln 2 + r with |r| <= ln 2 / 2
  struct Reduced {
    int n;
    Number r;
  };
  static constexpr Reduced reduce(Number x) {
    const Number turns = x * Number(1.4426950408889634);
    const auto n = static_cast<std::int32_t>(turns + (x < 0 ? Number(-0.5) : Number(0.5)));
    const Number whole = static_cast<Number>(n);
    return {static_cast<int>(n), (x - whole * ln2_high) - whole * ln2_low};
  }

  // e^r - 1 = r + r²/2! + r³/3! + …
  static constexpr Number exponential_minus_1(Number r) {
    Number sum = inverse_factorial[exp_terms];
    for (std::size_t k = exp_terms - 1; k >= 2; --k) sum = sum * r + inverse_factorial[k];
    return r + r * r * sum;
  }
};

}  // namespace nn
