// Sum<X, Y, Terms>: a sum of at most `Terms` products x·y that a layer adds up by itself: in float in the order of the calls,
// from 0; in fixed point exact, as that of FixedKernels.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

#include "nn/fixed_kernels.hpp"
#include "nn/number/fixed.hpp"

namespace nn {

template <class X, class Y, std::size_t Terms>
struct Sum;

template <std::floating_point Number, std::size_t Terms>
struct Sum<Number, Number, Terms> {
  Number raw = 0;
  constexpr void add(Number x, Number y) { raw += x * y; }
  constexpr Number value() const { return raw; }
};

template <int B1, int F1, int B2, int F2, std::size_t Terms>
struct Sum<Fixed<B1, F1>, Fixed<B2, F2>, Terms> : ExactSum<B1, F1, B2, F2, Terms> {
  constexpr auto value() const { return typename ExactSum<B1, F1, B2, F2, Terms>::type{this->raw}; }
};

// Total<X>: the same of numbers x of at most 32 bits, fewer than 2^31 of them.
template <class X>
struct Total {
  X sum{};
  constexpr void add(X x) { sum += x; }
  constexpr X value() const { return sum; }
};
template <int Bits, int Fraction>
struct Total<Fixed<Bits, Fraction>> {
  Fixed<64, Fraction> sum{};
  constexpr void add(Fixed<Bits, Fraction> x) { sum.raw += x.raw; }
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

}  // namespace nn
