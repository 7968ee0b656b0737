// HardSigmoid: y = x/6 + 1/2 held within [0, 1];   y′ = 1/6 between -3 and 3, else 0
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct HardSigmoid : Elementwise<HardSigmoid> {
  static constexpr std::string_view name = "HardSigmoid";
  static constexpr bool gives_probabilities = true;

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return nn::hard_sigmoid<typename Arithmetic::Activation>(x);
  }

  template <class Arithmetic>
  static constexpr auto slope(typename Arithmetic::Activation y) {
    using Slope = decltype(Arithmetic::slope(y));
    const bool rises = y > typename Arithmetic::Activation{} && y < Arithmetic::one;
    return rises ? number<Slope>(1.0f / 6) : Slope{};
  }
};

}  // namespace nn
