// Elu: y = x where x > 0, else e^x - 1;   y′ = 1 or e^x = y + 1
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct Elu : Elementwise<Elu> {
  static constexpr std::string_view name = "Elu";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return nn::elu<typename A::Activation>(x);
  }

  template <class A>
  static constexpr auto slope(typename A::Activation y) {
    return A::slope(y > typename A::Activation{} ? A::one : A::activation(y + A::one));
  }
};

}  // namespace nn
