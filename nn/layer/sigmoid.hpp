// Sigmoid: y = 1 / (1 + e^-x);   y′ = y·(1 - y)
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

struct Sigmoid : Elementwise<Sigmoid> {
  static constexpr std::string_view name = "Sigmoid";

  template <class A>
  static constexpr typename A::Activation value(typename A::Activation x) {
    return A::Elementary::sigmoid(x);
  }

  template <class A>
  static constexpr typename A::Activation slope(typename A::Activation y) {
    return A::activation(y * (A::one - y));
  }
};

}  // namespace nn
