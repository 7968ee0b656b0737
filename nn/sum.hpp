// Sum<Arithmetic, Left, Right, Terms>: a sum of at most `Terms` products x·y that a layer adds up by itself: in float in the
// order of the calls, from 0, by fused multiply-adds if the arithmetic says so; in fixed point exact, as that of FixedKernels.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/fixed_kernels.hpp"
#include "nn/number/fixed.hpp"
#include "nn/number/fused.hpp"

namespace nn {

template <class Arithmetic, class Left, class Right, std::size_t Terms>
struct Sum;

template <class Arithmetic, std::floating_point Number, std::size_t Terms>
struct Sum<Arithmetic, Number, Number, Terms> {
  Number raw = 0;
  constexpr void add(Number x, Number y) {
    if constexpr (Arithmetic::fused) raw = fused(x, y, raw);
    else raw += x * y;
  }
  constexpr Number value() const { return raw; }
};

template <class Arithmetic, int LeftBits, int LeftFraction, int RightBits, int RightFraction, std::size_t Terms>
struct Sum<Arithmetic, Fixed<LeftBits, LeftFraction>, Fixed<RightBits, RightFraction>, Terms>
    : ExactSum<LeftBits, LeftFraction, RightBits, RightFraction, Terms> {
  constexpr auto value() const {
    return typename ExactSum<LeftBits, LeftFraction, RightBits, RightFraction, Terms>::type{this->raw};
  }
};

// Total<Number, Terms>: the same of numbers of at most 32 bits, at most Terms of them.
template <class Number, std::size_t Terms = 0x7fffffff>
struct Total {
  Number sum{};
  constexpr void add(Number x) { sum += x; }
  constexpr Number value() const { return sum; }
};
template <int Bits, int Fraction, std::size_t Terms>
struct Total<Fixed<Bits, Fraction>, Terms> {
  static constexpr int needed = Bits + static_cast<int>(std::bit_width(Terms));
  Fixed<(needed > 32 ? 64 : 32), Fraction> sum{};
  constexpr void add(Fixed<Bits, Fraction> x) { sum.raw += x.raw; }
  constexpr void remove(Fixed<Bits, Fraction> x) { sum.raw -= x.raw; }
  constexpr Fixed<64, Fraction> value() const { return {sum.raw}; }
};

// A sum and a bias, unrounded.
template <std::floating_point Number>
constexpr Number with_bias(Number sum, Number b) {
  return sum + b;
}
template <int Bits, int Fraction, int BiasFraction>
constexpr auto with_bias(Fixed<Bits, Fraction> sum, Fixed<32, BiasFraction> b) {
  return FixedKernels::with_bias(sum, b);
}

// Σ g[k][o] over positions k, of four outputs at once, so that they stay in registers.
template <std::size_t Outputs, class Gradient, std::size_t Count>
constexpr auto total_of_positions(std::span<const Gradient, Count> g) {
  using Sum = Total<Gradient, Count / Outputs>;
  std::array<Sum, Outputs> total{};
  constexpr std::size_t whole = Outputs - Outputs % 4;
  for (std::size_t o = 0; o < whole; o += 4) {
    Sum a, b, c, d;
    for (std::size_t i = o; i < Count; i += Outputs) a.add(g[i]), b.add(g[i + 1]), c.add(g[i + 2]), d.add(g[i + 3]);
    total[o] = a, total[o + 1] = b, total[o + 2] = c, total[o + 3] = d;
  }
  for (std::size_t o = whole; o < Outputs; ++o)
    for (std::size_t i = o; i < Count; i += Outputs) total[o].add(g[i]);
  return total;
}

}  // namespace nn
