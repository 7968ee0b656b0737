// Tanh: y = tanh x;   y′ = 1 - y²
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct Tanh : Elementwise<Tanh> {
  static constexpr std::string_view name = "Tanh";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return A::activation(nn::tanh<typename A::Activation>(x));
  }

  template <class A>
  static constexpr auto slope(typename A::Activation y) {
    return A::slope(A::one - A::slope(y * y));
  }
};

}  // namespace nn
