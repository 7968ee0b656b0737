// Softplus: y = log(1 + e^x);   y′ = sigmoid x = 1 - e^-y
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct Softplus : Elementwise<Softplus> {
  static constexpr std::string_view name = "Softplus";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return Arithmetic::activation(nn::softplus<decltype(Arithmetic::difference({}, {}))>(x));
  }

  template <class Arithmetic>
  static constexpr auto slope(typename Arithmetic::Activation y) {
    return Arithmetic::slope(Arithmetic::one - nn::exp<typename Arithmetic::Activation>(Arithmetic::activation(-y)));
  }
};

}  // namespace nn
