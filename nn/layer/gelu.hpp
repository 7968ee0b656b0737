// Gelu: y = x·sigmoid 2u, u = √(2/π)·(x + 0.044715·x³), which is the approximation by tanh of x·Φ(x);
//   y′ = s + x·s·(1 - s)·2u′, s = sigmoid 2u
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct Gelu : Elementwise<Gelu> {
  static constexpr std::string_view name = "Gelu";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return nn::gelu<typename Arithmetic::Activation>(x);
  }

  template <class Arithmetic>
  static constexpr auto slope_at(typename Arithmetic::Input x)
    requires requires { Arithmetic::slope(x); }
  {
    return nn::gelu_slope<decltype(Arithmetic::slope(x))>(x);
  }
};

}  // namespace nn
