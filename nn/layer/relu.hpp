// Relu: y = max(x, 0);   y′ = 1 where y > 0, else 0
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

struct Relu : Elementwise<Relu> {
  static constexpr std::string_view name = "Relu";

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return x > typename A::Input{} ? A::activation(x) : typename A::Activation{};
  }

  template <class A>
  static constexpr typename A::Gradient passed(typename A::Gradient g, typename A::Activation y) {
    return y > typename A::Activation{} ? g : typename A::Gradient{};
  }
};

}  // namespace nn
