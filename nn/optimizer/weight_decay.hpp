// WeightDecay<Optimizer>: adds the L2 penalty decay/2·Σ w² to the loss, g ← g + decay·w, for every parameter.
//   WeightDecay<Sgd>{{.rate = 0.1f}, 1e-4f}
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

template <class Optimizer>
struct WeightDecay : Optimizer {
  float decay = 0;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    Optimizer::for_each_setting(self, visit);
    visit(self.decay);
  }

  template <class A, class Kernels>
  constexpr auto step(auto w, auto g, auto&... kept) const {
    const auto penalty = A::template scaled_to<typename A::ParameterGradient>(decay, w);
    return Optimizer::template step<A, Kernels>(w, A::parameter_gradient(A::parameter_gradient(g) + penalty), kept...);
  }

  // The shortcuts of a plain optimizer do not know of the decay.
  template <class A, class Kernels>
  void outer() const = delete;
  template <class A>
  void add() const = delete;
};

}  // namespace nn
