// WeightDecay<Optimizer>: adds the L2 penalty decay/2·Σ w² to the loss, g ← g + decay·w, for every parameter.
//   WeightDecay<Sgd>{{.rate = 0.1f}, 1e-4f}
#pragma once

#include <utility>

#include "nn/optimizer/optimizer.hpp"

namespace nn {

template <class Optimizer>
struct WeightDecay : Optimizer {
  float decay = 0;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    Optimizer::for_each_setting(self, visit);
    visit(self.decay);
  }

  constexpr bool sound() const { return Optimizer::sound() && below_1(decay) && at_most(this->rate * decay, 0.5f); }

  // Where something is kept, the gradient with the penalty must be within the limit, too.
  template <class Arithmetic, class Kernels>
  constexpr auto step(auto w, auto g, auto&... kept) const {
    const auto sum = with_penalty<Arithmetic>(w, g);
    using Step = decltype(std::declval<const Optimizer&>().template step<Arithmetic, Kernels>(w, sum, kept...));
    if constexpr (Optimizer::copies > 0)
      if (!within_limit(sum)) return Step{};
    return Optimizer::template step<Arithmetic, Kernels>(w, sum, kept...);
  }

  template <class Arithmetic>
  constexpr bool follows(auto w, auto g) const {
    if constexpr (Optimizer::copies > 0) return within_limit(with_penalty<Arithmetic>(w, g));
    return true;
  }

  // The shortcuts of a plain optimizer do not know of the decay.
  template <class Arithmetic, class Kernels>
  void outer() const = delete;
  template <class Arithmetic, class Kernels>
  void add() const = delete;
  template <class Arithmetic>
  void follow() const = delete;
  template <class Arithmetic, class Kernels>
  constexpr bool descend(auto& w, const auto& sum, float share, auto&... kept) const
    requires requires { std::declval<const Optimizer&>().template descend<Arithmetic, Kernels>(w, sum, share, kept...); }
  {
    return decay == 0 && Optimizer::template descend<Arithmetic, Kernels>(w, sum, share, kept...);
  }

 private:
  template <class Arithmetic>
  constexpr auto with_penalty(auto w, auto g) const {
    const auto penalty = Arithmetic::template scaled_to<typename Arithmetic::ParameterGradient>(decay, w);
    return Arithmetic::parameter_gradient(Arithmetic::parameter_gradient(g) + penalty);
  }
};

}  // namespace nn
