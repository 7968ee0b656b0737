// Sgd: stochastic gradient descent, w ← w - rate·g. Keeps nothing; with batch 1 there is no gradient buffer either.
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct Sgd {
  static constexpr std::size_t copies = 0;

  float rate = 0.01f;

  constexpr void begin_step() {}

  template <class A, class Kernels>
  constexpr auto step(auto, auto g) const {
    return A::scaled(rate, g);
  }

  // W ← W - (rate·g)·xᵀ
  template <class A, class Kernels, std::floating_point Number, std::size_t Out, std::size_t In>
    requires(!A::watched)
  constexpr void outer(Matrix<Number, Out, In>& W, std::span<const Number, Out> g, std::span<const Number, In> x, auto&) const {
    Kernels::add_outer_product(W, -Number(rate), g, x);
  }

  // The same, watched.
  template <class A, class Kernels, std::floating_point Number, std::size_t Out, std::size_t In>
    requires(A::watched)
  constexpr void outer(Matrix<Number, Out, In>& W, std::span<const Number, Out> g, std::span<const Number, In> x, auto& random) const {
    for (std::size_t o = 0; o < Out; ++o) {
      const Number scaled = -Number(rate) * g[o];
      for (std::size_t i = 0; i < In; ++i) W[o][i] = A::template parameter<Number>(W[o][i] + scaled * x[i], A::rounding(random));
    }
  }

  // The same in fixed point, row by row. A row whose step is too small to change any weight is passed over.
  template <class A, class Kernels, int WF, int GF, int XB, int XF, std::size_t Out, std::size_t In>
    requires(XB <= 16)
  constexpr void outer(Matrix<Fixed<16, WF>, Out, In>& W, std::span<const Fixed<16, GF>, Out> g,
                       std::span<const Fixed<XB, XF>, In> x, auto& random) const {
    const Factor factor = Factor::of(rate);
    for (std::size_t o = 0; o < Out; ++o) {
      const RowStep step = RowStep::of(factor, g[o], XF, WF);
      if (A::draws ? step.m == 0 : step.vanishes()) continue;
      Kernels::template add_row<A>(W[o].data(), step, x.data(), In, A::rounding(random));
    }
  }
};

}  // namespace nn
