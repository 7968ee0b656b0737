// Tanh: y = tanh x;   y′ = 1 - y²
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct Tanh : Elementwise<Tanh> {
  static constexpr std::string_view name = "Tanh";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return Arithmetic::activation(nn::tanh<typename Arithmetic::Activation>(x));
  }

  template <class Arithmetic>
  static constexpr auto slope(typename Arithmetic::Activation y) {
    return Arithmetic::slope(Arithmetic::one - Arithmetic::slope(y * y));
  }
};

}  // namespace nn
