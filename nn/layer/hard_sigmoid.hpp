// HardSigmoid: y = x/6 + 1/2 held within [0, 1];   y′ = 1/6 between -3 and 3, else 0
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct HardSigmoid : Elementwise<HardSigmoid> {
  static constexpr std::string_view name = "HardSigmoid";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return nn::hard_sigmoid<typename A::Activation>(x);
  }

  template <class A>
  static constexpr auto slope(typename A::Activation y) {
    using Slope = decltype(A::slope(y));
    const bool rises = y > typename A::Activation{} && y < A::one;
    return rises ? number<Slope>(1.0f / 6) : Slope{};
  }
};

}  // namespace nn
