// Adam, at its step t:  m ← beta1·m + (1 - beta1)·g      v ← beta2·v + (1 - beta2)·g²
//   w ← w - rate · √(1 - beta2^t) / (1 - beta1^t) · m / (√v + epsilon)
// Kingma and Ba, Adam (2015), in the order of computation given at the end of its section 2.
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct Adam {
  static constexpr std::size_t copies = 2;

  float rate = 0.001f;
  float beta1 = 0.9f;
  float beta2 = 0.999f;
  float epsilon = 1e-7f;

  // Followed by begin_step: beta1^t, beta2^t and √(1 - beta2^t) / (1 - beta1^t).
  float beta1_power = 1;
  float beta2_power = 1;
  float correction = 1;

  constexpr void begin_step() {
    beta1_power = without_faded(beta1_power * beta1);
    beta2_power = without_faded(beta2_power * beta2);
    correction = Elementary<float>::sqrt(1 - beta2_power) / (1 - beta1_power);
  }

  template <class Kernels, class Weight>
  constexpr void update(Weight& w, Weight g, Weight& m, Weight& v) const {
    m = without_faded(Weight(beta1) * m + (1 - Weight(beta1)) * g);
    v = without_faded(Weight(beta2) * v + (1 - Weight(beta2)) * (g * g));
    w -= Weight(rate * correction) * m / (Kernels::sqrt(v) + Weight(epsilon));
  }
};

}  // namespace nn
