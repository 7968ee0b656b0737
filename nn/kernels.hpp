// Kernels: the inner loops. Portable defines the answer; `target.hpp`, found by the include path (targets/<isa>/), may
// hide any of them with a faster one that returns the same bits.
//
//   W  [Out][In]  weight, row o feeds output o      x  [In]   input
//   b  [Out]      bias                              g  [Out]  ∂L/∂y
//
// Summation order, part of the contract since it decides the last bit of a float:
//   dot      With N < 8 the products are added in order. Otherwise eight lanes: product i goes to lane i mod 8, each lane
//            adds its products in order, then the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)). The bias enters last.
//   columns  Σ_o g[o]·W[o][i] is added in the order of o.
// Eight lanes fill a 256-bit register of the host, two of a Helium core and half the FPU registers of an M4.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "nn/number/elementary.hpp"

namespace nn {

template <class Number, std::size_t Out, std::size_t In>
using Matrix = std::array<std::array<Number, In>, Out>;

struct Portable {
  static constexpr std::size_t lanes = 8;

  // Σ w[i]·x[i] in the stated order.
  template <class Accumulator, class Weight, class Activation>
  static constexpr Accumulator dot(const Weight* w, const Activation* x, std::size_t count) {
    if (count < lanes) return dot_lane<Accumulator>(w, x, count, 1);
    Accumulator lane[lanes]{};
    for (std::size_t l = 0; l < lanes; ++l) lane[l] = dot_lane<Accumulator>(w + l, x + l, count - l, lanes);
    return add_lanes(lane);
  }

  // Every step-th product of the first `count`, added in order.
  template <class Accumulator, class Weight, class Activation>
  static constexpr Accumulator dot_lane(const Weight* w, const Activation* x, std::size_t count, std::size_t step) {
    Accumulator sum = w[0] * x[0];
    for (std::size_t i = step; i < count; i += step) sum += w[i] * x[i];
    return sum;
  }

  template <class Accumulator>
  static constexpr Accumulator add_lanes(const Accumulator* lane) {
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
  }

  // store(o, W[o]·x + b[o]) for every output o, in order, unrounded.
  template <class Weight, class Accumulator, class Activation, std::size_t Out, std::size_t In, class Store>
  static constexpr void affine(const Matrix<Weight, Out, In>& W, const std::array<Accumulator, Out>& b,
                               std::span<const Activation, In> x, Store store) {
    for (std::size_t o = 0; o < Out; ++o)
      store(o, Portable::dot<Accumulator>(W[o].data(), x.data(), In) + b[o]);
  }

  // dx = Wᵀ·g
  template <class Weight, class Gradient, std::size_t Out, std::size_t In>
  static constexpr void transposed_product(const Matrix<Weight, Out, In>& W, std::span<const Gradient, Out> g,
                                           std::span<Gradient, In> dx) {
    const Gradient* const gradient = g.data();
    Gradient* const sum = dx.data();
    for (std::size_t o = 0; o < Out; ++o) {
      const Weight* const w = W[o].data();
      for (std::size_t i = 0; i < In; ++i) sum[i] = o == 0 ? gradient[o] * w[i] : sum[i] + gradient[o] * w[i];
    }
  }

  // W += (factor·g)·xᵀ
  template <class Weight, class Gradient, class Activation, class Factor, std::size_t Out, std::size_t In>
  static constexpr void add_outer_product(Matrix<Weight, Out, In>& W, Factor factor, std::span<const Gradient, Out> g,
                                          std::span<const Activation, In> x) {
    const Activation* const input = x.data();
    for (std::size_t o = 0; o < Out; ++o) {
      Weight* const w = W[o].data();
      const Gradient scaled = factor * g[o];
      for (std::size_t i = 0; i < In; ++i) w[i] += scaled * input[i];
    }
  }

  // √x, correctly rounded.
  template <class Number>
  static constexpr Number sqrt(Number x) {
    return Elementary<Number>::sqrt(x);
  }
};

}  // namespace nn

#include "target.hpp"
