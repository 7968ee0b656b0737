// Sgd: stochastic gradient descent, w ← w - rate·g. Keeps nothing; with batch 1 there is no gradient buffer either.
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct Sgd {
  static constexpr std::string_view name = "Sgd";
  static constexpr std::size_t copies = 0;

  float rate = 0.01f;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    visit(self.rate);
  }

  constexpr void begin_step() {}

  template <class A, class Kernels>
  constexpr auto step(auto, auto g) const {
    return A::scaled(rate, g);
  }

  constexpr bool sound() const { return at_most(rate, 0x1p16f); }

  // W ← W - (rate·g)·xᵀ
  template <class A, class Kernels, std::floating_point Number, std::size_t Out, std::size_t In>
  constexpr void outer(Matrix<Number, Out, In>& W, std::span<const Number, Out> g, std::span<const Number, In> x, auto& random) const {
    if constexpr (!A::watched) return Kernels::add_outer_product(W, -Number(rate), g, x);
    for (std::size_t o = 0; o < Out; ++o) {
      const Number scaled = -Number(rate) * g[o];
      for (std::size_t i = 0; i < In; ++i) W[o][i] = A::template parameter<Number>(W[o][i] + scaled * x[i], A::rounding(random));
    }
  }

  template <class A, class Kernels, std::floating_point Number, std::size_t Out>
    requires(!A::watched)
  constexpr void add(std::array<Number, Out>& b, std::span<const Number, Out> g) const {
    Kernels::add_scaled(b.data(), -Number(rate), g.data(), Out);
  }

  // The same of one row or less, wherever it is within the limit.
  template <std::floating_point Number>
  constexpr void follow(Number* w, Number g, const Number* x, std::size_t count) const {
    add_within_limit(w, -Number(rate), g, x, count);
  }

  // The same in fixed point, row by row. Rows without a gradient, such as those that a ReLU stopped, are passed over.
  template <class A, class Kernels, int WF, int GF, int XB, int XF, std::size_t Out, std::size_t In>
    requires(XB <= 16)
  constexpr void outer(Matrix<Fixed<16, WF>, Out, In>& W, std::span<const Fixed<16, GF>, Out> g,
                       std::span<const Fixed<XB, XF>, In> x, auto& random) const {
    const Factor factor = Factor::of(rate);
    for (std::size_t o = 0; o < Out; ++o) {
      if (g[o].raw == 0) continue;
      Kernels::template add_row<A>(W[o].data(), RowStep::of(factor, g[o], XF, WF), x.data(), In, A::rounding(random));
    }
  }

  // b ← b - rate·g, to the nearest whatever the rounding of weights is: a bias has bits enough.
  template <class A, class Kernels, int BF, int GF, std::size_t Out>
  constexpr void add(std::array<Fixed<32, BF>, Out>& b, std::span<const Fixed<16, GF>, Out> g) const {
    using Bias = Fixed<32, BF>;
    for (std::size_t o = 0; o < Out; ++o) b[o] = A::template parameter<Bias>(b[o] - A::template scaled_to<Bias>(rate, g[o]), Nearest{});
  }
};

}  // namespace nn
