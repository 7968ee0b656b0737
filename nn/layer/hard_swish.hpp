// HardSwish: y = x·h, h = x/6 + 1/2 held within [0, 1];   y′ = x/3 + 1/2 between -3 and 3, else 0 or 1
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/activation_functions.hpp"

namespace nn {

struct HardSwish : Elementwise<HardSwish> {
  static constexpr std::string_view name = "HardSwish";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return nn::hard_swish<typename Arithmetic::Activation>(x);
  }

  template <class Arithmetic>
  static constexpr auto slope_at(typename Arithmetic::Input x)
    requires requires { Arithmetic::slope(x); }
  {
    return nn::hard_swish_slope<decltype(Arithmetic::slope(x))>(x);
  }
};

}  // namespace nn
