// RmsProp: m ← smoothing·m + (1 - smoothing)·g²,   w ← w - rate·g / (√m + epsilon)
// Hinton, Neural Networks for Machine Learning, lecture 6e (2012).
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct RmsProp {
  static constexpr std::size_t copies = 1;

  float rate = 0.001f;
  float smoothing = 0.9f;
  float epsilon = 1e-7f;

  constexpr void begin_step() {}

  template <class Kernels, class Weight>
  constexpr void update(Weight& w, Weight g, Weight& m) const {
    m = without_faded(Weight(smoothing) * m + (1 - Weight(smoothing)) * (g * g));
    w -= Weight(rate) * g / (Kernels::sqrt(m) + Weight(epsilon));
  }
};

}  // namespace nn
