// Momentum: stochastic gradient descent with momentum. v ← momentum·v - rate·g, then
//   w ← w + v                              classical
//   w ← w + momentum·v - rate·g            Nesterov's, in the form of Sutskever et al. (2013), section 2, as Keras has it
#pragma once

#include "nn/optimizer/optimizer.hpp"

namespace nn {

struct Momentum {
  static constexpr std::string_view name = "Momentum";
  static constexpr std::size_t copies = 1;
  static constexpr bool takes_lanes = true;

  float rate = 0.01f;
  float momentum = 0.9f;
  bool nesterov = false;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    visit(self.rate);
    visit(self.momentum);
    visit(self.nesterov);
  }

  constexpr void begin_step() {}
  constexpr bool sound() const { return at_most(rate, 0x1p16f) && below_1(momentum); }

  template <class Arithmetic, class Kernels, class Moment>
  constexpr auto step(auto, auto g, Moment& v) const {
    const Moment descent = Arithmetic::scaled(rate, g);
    v = Arithmetic::moment(Arithmetic::scaled(momentum, v) - descent);
    return nesterov ? descent - Arithmetic::scaled(momentum, v) : -v;
  }
};

}  // namespace nn
