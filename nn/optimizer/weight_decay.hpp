// WeightDecay<Optimizer>: adds the L2 penalty decay/2·Σ w² to the loss, g ← g + decay·w, for every parameter.
//   WeightDecay<Sgd>{{.rate = 0.1f}, 1e-4f}
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

template <class Optimizer>
struct WeightDecay : Optimizer {
  float decay = 0;

  template <class Kernels, class Weight>
  constexpr void update(Weight& w, Weight g, auto&... kept) const {
    Optimizer::template update<Kernels>(w, g + Weight(decay) * w, kept...);
  }

  // The shortcut of a plain optimizer does not know of the decay.
  template <class Kernels>
  void outer() const = delete;
};

}  // namespace nn
