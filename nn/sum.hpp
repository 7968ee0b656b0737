// Sum<Arithmetic, Left, Right, Terms>: a sum of at most `Terms` products x·y that a layer adds up by itself: in float in the
// order of the calls, from 0, by fused multiply-adds if the arithmetic says so; in fixed point exact, as that of FixedKernels.
#pragma once

#include <array>
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

// Total<Number>: the same of numbers of at most 32 bits, fewer than 2^31 of them.
template <class Number>
struct Total {
  Number sum{};
  constexpr void add(Number x) { sum += x; }
  constexpr Number value() const { return sum; }
};
template <int Bits, int Fraction>
struct Total<Fixed<Bits, Fraction>> {
  Fixed<64, Fraction> sum{};
  constexpr void add(Fixed<Bits, Fraction> x) { sum.raw += x.raw; }
  constexpr void remove(Fixed<Bits, Fraction> x) { sum.raw -= x.raw; }
  constexpr Fixed<64, Fraction> value() const { return sum; }
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

// Σ g[k][o] over positions k.
template <std::size_t Outputs, class Gradient, std::size_t Count>
constexpr auto total_of_positions(std::span<const Gradient, Count> g) {
  std::array<Total<Gradient>, Outputs> total{};
  for (std::size_t i = 0; i < Count; i += Outputs)
    for (std::size_t o = 0; o < Outputs; ++o) total[o].add(g[i + o]);
  return total;
}

}  // namespace nn
