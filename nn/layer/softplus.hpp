// Softplus: y = log(1 + e^x);   y′ = sigmoid x = 1 - e^-y
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

struct Softplus : Elementwise<Softplus> {
  static constexpr std::string_view name = "Softplus";

  template <class A>
  static constexpr typename A::Activation value(typename A::Activation x) {
    return A::Elementary::softplus(x);
  }

  template <class A>
  static constexpr typename A::Activation slope(typename A::Activation y) {
    return A::one - A::Elementary::exp(-y);
  }
};

}  // namespace nn
