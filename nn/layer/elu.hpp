// Elu: y = x where x > 0, else e^x - 1;   y′ = 1 or e^x = y + 1
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct Elu : Elementwise<Elu> {
  static constexpr std::string_view name = "Elu";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return nn::elu<typename Arithmetic::Activation>(x);
  }

  template <class Arithmetic>
  static constexpr auto slope(typename Arithmetic::Activation y) {
    return Arithmetic::slope(y > typename Arithmetic::Activation{} ? Arithmetic::one
                                                                   : Arithmetic::activation(y + Arithmetic::one));
  }
};

}  // namespace nn
