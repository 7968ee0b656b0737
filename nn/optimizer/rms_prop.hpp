// RmsProp: m ← smoothing·m + (1 - smoothing)·g²,   w ← w - rate·g / (√m + epsilon)
// Hinton, Neural Networks for Machine Learning, lecture 6e (2012).
#pragma once

#include "nn/optimizer/mean_square.hpp"
#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct RmsProp {
  static constexpr std::string_view name = "RmsProp";
  static constexpr std::size_t copies = 1;
  static constexpr bool takes_lanes = true;

  float rate = 0.001f;
  float smoothing = 0.9f;
  float epsilon = 1e-7f;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    visit(self.rate);
    visit(self.smoothing);
    visit(self.epsilon);
  }

  constexpr void begin_step() {}
  constexpr bool sound() const { return at_most(rate, 0x1p16f) && below_1(smoothing) && at_most(rate, epsilon * 0x1p40f); }

  template <class Arithmetic, class Kernels, class Moment>
  constexpr Moment step(auto, auto g, Moment& m) const {
    m = mean_square<Arithmetic>(smoothing, m, g);
    return over_root<Arithmetic, Kernels>(rate, g, m, epsilon);
  }
};

}  // namespace nn
