// ClipValue<Optimizer>: no element of the gradient is larger than `largest`, g ← max(-largest, min(largest, g)).
//   ClipValue<Adam>{{.rate = 0.001f}, 0.5f}
#pragma once

#include <limits>

#include "nn/number/fixed.hpp"
#include "nn/optimizer/optimizer.hpp"

namespace nn {

template <class Optimizer>
struct ClipValue : Optimizer {
  float largest = std::numeric_limits<float>::infinity();

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    Optimizer::for_each_setting(self, visit);
    visit(self.largest);
  }

  template <class A, class Kernels>
  constexpr auto step(auto w, auto g, auto&... kept) const {
    using Gradient = typename A::ParameterGradient;
    const Gradient wide = A::parameter_gradient(g);
    const Gradient limit = number<Gradient>(largest), least = A::parameter_gradient(-limit);
    return Optimizer::template step<A, Kernels>(w, wide > limit ? limit : wide < least ? least : wide, kept...);
  }

  // The shortcuts of a plain optimizer do not know of the limit.
  template <class A, class Kernels, bool>
  void outer() const = delete;
  template <class A>
  void add() const = delete;
};

}  // namespace nn
