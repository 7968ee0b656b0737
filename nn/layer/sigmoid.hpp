// Sigmoid: y = 1 / (1 + e^-x);   y′ = y·(1 - y)
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct Sigmoid : Elementwise<Sigmoid> {
  static constexpr std::string_view name = "Sigmoid";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return A::activation(nn::sigmoid<typename A::Activation>(x));
  }

  template <class A>
  static constexpr auto slope(typename A::Activation y) {
    return A::slope(y * A::activation(A::one - y));
  }
};

}  // namespace nn
