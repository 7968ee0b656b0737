// Relu: y = max(x, 0);   y′ = 1 where y > 0, else 0
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

struct Relu : Elementwise<Relu> {
  static constexpr std::string_view name = "Relu";

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return x > typename Arithmetic::Input{} ? Arithmetic::activation(x) : typename Arithmetic::Activation{};
  }

  template <class Arithmetic>
  static constexpr typename Arithmetic::Gradient passed(typename Arithmetic::Gradient g, typename Arithmetic::Activation y) {
    return y > typename Arithmetic::Activation{} ? g : typename Arithmetic::Gradient{};
  }
};

}  // namespace nn
