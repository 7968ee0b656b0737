// Tanh: y = tanh x;   y′ = 1 - y²
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

struct Tanh : Elementwise<Tanh> {
  static constexpr std::string_view name = "Tanh";

  template <class A>
  static constexpr typename A::Activation value(typename A::Activation x) {
    return A::Elementary::tanh(x);
  }

  template <class A>
  static constexpr typename A::Activation slope(typename A::Activation y) {
    return A::activation(A::one - y * y);
  }
};

}  // namespace nn
