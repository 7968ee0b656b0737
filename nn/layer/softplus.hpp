// Softplus: y = log(1 + e^x);   y′ = sigmoid x = 1 - e^-y
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct Softplus : Elementwise<Softplus> {
  static constexpr std::string_view name = "Softplus";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return A::activation(nn::softplus<decltype(A::difference({}, {}))>(x));
  }

  template <class A>
  static constexpr auto slope(typename A::Activation y) {
    return A::slope(A::one - nn::exp<typename A::Activation>(A::activation(-y)));
  }
};

}  // namespace nn
