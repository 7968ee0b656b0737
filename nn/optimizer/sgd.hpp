// Sgd: stochastic gradient descent, w ← w - rate·g. Keeps nothing; with batch 1 there is no gradient buffer either.
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct Sgd {
  static constexpr std::size_t copies = 0;

  float rate = 0.01f;

  constexpr void begin_step() {}

  template <class Kernels, class Weight>
  constexpr void update(Weight& w, Weight g) const {
    w -= Weight(rate) * g;
  }

  // W ← W + (-rate·g)·xᵀ
  template <class Kernels, class Weight, class Gradient, class Activation, std::size_t Out, std::size_t In>
  constexpr void outer(Matrix<Weight, Out, In>& W, std::span<const Gradient, Out> g, std::span<const Activation, In> x) const {
    Kernels::add_outer_product(W, -Gradient(rate), g, x);
  }
};

}  // namespace nn
