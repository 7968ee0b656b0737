// FusedFloat: float in which each term of a sum of products is added by one fused multiply-add, sum ← fma(x, y, sum): products
// are not rounded. A network of it gives the same bits on every core with that instruction (Cortex-M4F, M7, M33 and M55 with FPU)
// and on hosts, other ones than float. On other cores it does not compile.
//
// Fused are the sums of dense, convolutional and recurrent layers, forward and backward, those of gradients over a batch, and
// w ← w - (rate·g)·x of Sgd. Activations, gates, normalizations, losses and what optimizers keep are those of float.
#pragma once

#include <string_view>

#include "nn/number/arithmetic.hpp"

namespace nn {

struct FusedFloat : Real<float> {
  template <class, class>
  using After = FusedFloat;
  using Learning = FusedFloat;

  static constexpr std::string_view name = "fused float";
  static constexpr bool fused = true;
};

}  // namespace nn
