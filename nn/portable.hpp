// Portable: the kernels that define the answer, in the order of summation that nn/kernels.hpp states.
//
//   W  [Outputs][Inputs]  weight, row o feeds output o      x  [Inputs]   input
//   b  [Outputs]          bias                              g  [Outputs]  ∂L/∂y
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>

#include "nn/backward_kernels.hpp"
#include "nn/fixed_kernels.hpp"
#include "nn/gradient_limit.hpp"
#include "nn/int16/kernels.hpp"
#include "nn/int8/kernels.hpp"
#include "nn/matrix.hpp"
#include "nn/number/bits.hpp"
#include "nn/number/elementary.hpp"
#include "nn/signal/kernels.hpp"

namespace nn {

struct Portable : FixedKernels, BackwardKernels, Int8Kernels, Int16Kernels, SignalKernels {
  using FixedKernels::affine;
  using FixedKernels::transposed_product;

  static constexpr std::size_t lanes = 8;
  static constexpr bool repeats_passes = false;  // writes passes of a graph by rows out once more (nn/graph/repeated_pass.hpp)

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
  template <std::floating_point Number, std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void affine(const Matrix<Number, Outputs, Inputs>& weight, const std::array<Number, Outputs>& b,
                               std::span<const Number, Inputs> x, Store store) {
    for (std::size_t o = 0; o < Outputs; ++o) store(o, Portable::dot<Number>(weight[o].data(), x.data(), Inputs) + b[o]);
  }

  // store(i, Σ_o g[o]·W[o][i]) for every column i, in order.
  template <std::floating_point Number, std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const Matrix<Number, Outputs, Inputs>& weight, std::span<const Number, Outputs> g,
                                           Store store) {
    for (std::size_t i = 0; i < Inputs; ++i) {
      Number sum = g[0] * weight[0][i];
      for (std::size_t o = 1; o < Outputs; ++o) sum = sum + g[o] * weight[o][i];
      store(i, sum);
    }
  }

  // W += (factor·g)·xᵀ
  template <std::floating_point Number, std::size_t Outputs, std::size_t Inputs>
  static constexpr void add_outer_product(Matrix<Number, Outputs, Inputs>& weight, Number factor,
                                          std::span<const Number, Outputs> g, std::span<const Number, Inputs> x) {
    for (std::size_t o = 0; o < Outputs; ++o) Portable::add_scaled(weight[o].data(), factor * g[o], x.data(), Inputs);
  }

  // Whether |x[i]| <= factor_limit for every i.
  template <std::floating_point Number>
  static constexpr bool all_small(const Number* x, std::size_t count) {
    typename Bits<Number>::Word differences = 0;  // their highest bit is the sign
    for (std::size_t i = 0; i < count; ++i) differences |= Bits<Number>::of(Number(factor_limit)) - Bits<Number>::magnitude(x[i]);
    return differences >> (8 * sizeof differences - 1) == 0;
  }

  // w += scaled·x, one row of the above.
  template <std::floating_point Number>
  static constexpr void add_scaled(Number* w, Number scaled, const Number* x, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) w[i] += scaled * x[i];
  }

  // sum[i] += w[t][i]·x[t][i] for taps t, in order, of rows of `count` numbers one behind the other.
  template <std::floating_point Number>
  static constexpr void add_taps(Number* sum, const Number* w, const Number* x, std::size_t count, std::size_t taps) {
    for (std::size_t t = 0; t < taps; ++t)
      for (std::size_t i = 0; i < count; ++i) sum[i] += w[t * count + i] * x[t * count + i];
  }

  // √x, correctly rounded.
  template <class Number>
  static constexpr Number sqrt(Number x) {
    return Elementary<Number>::sqrt(x);
  }
};

}  // namespace nn
