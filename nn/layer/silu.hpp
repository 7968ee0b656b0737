// Silu, or swish: y = x·sigmoid x;   y′ = s + x·s·(1 - s), s = sigmoid x
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct Silu : Elementwise<Silu> {
  static constexpr std::string_view name = "Silu";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return nn::silu<typename A::Activation>(x);
  }

  template <class A>
  static constexpr auto slope_at(typename A::Input x) {
    return nn::silu_slope<decltype(A::slope(x))>(x);
  }
};

}  // namespace nn
