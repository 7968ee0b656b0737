// Silu, or swish: y = x·sigmoid x;   y′ = s + x·s·(1 - s), s = sigmoid x
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct Silu : Elementwise<Silu> {
  static constexpr std::string_view name = "Silu";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return nn::silu<typename Arithmetic::Activation>(x);
  }

  template <class Arithmetic>
  static constexpr auto slope_at(typename Arithmetic::Input x)
    requires requires { Arithmetic::slope(x); }
  {
    return nn::silu_slope<decltype(Arithmetic::slope(x))>(x);
  }
};

}  // namespace nn
