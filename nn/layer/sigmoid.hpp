// Sigmoid: y = 1 / (1 + e^-x);   y′ = y·(1 - y)
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct Sigmoid : Elementwise<Sigmoid> {
  static constexpr std::string_view name = "Sigmoid";
  static constexpr bool gives_probabilities = true;

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return Arithmetic::activation(nn::sigmoid<typename Arithmetic::Activation>(x));
  }

  template <class Arithmetic>
  static constexpr auto slope(typename Arithmetic::Activation y) {
    return Arithmetic::slope(y * Arithmetic::activation(Arithmetic::one - y));
  }
};

}  // namespace nn
