// LeakyRelu<Shift>: y = x where x > 0, else x / 2^Shift;   y′ = 1 or 2^-Shift. The slope is a power of two, exact in
// every format; the default 2^-7 = 0.0078 is nearest to the customary 0.01.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

template <int Shift = 7>
struct LeakyRelu : Elementwise<LeakyRelu<Shift>> {
  static_assert(Shift >= 1,
                "nn::LeakyRelu<Shift>: the slope of the negative side is 2 to the power of -Shift and must be below 1");
  static_assert(Shift <= 15, "nn::LeakyRelu<Shift>: a slope below 2 to the power of -15 is 0 in 16 bits");
  static constexpr std::string_view name = "LeakyRelu";
  static constexpr std::uint32_t constant = Shift;

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    return Arithmetic::activation(x > typename Arithmetic::Input{} ? x : Arithmetic::template halved<Shift>(x));
  }

  template <class Arithmetic>
  static constexpr typename Arithmetic::Gradient passed(typename Arithmetic::Gradient g, typename Arithmetic::Activation y) {
    return y > typename Arithmetic::Activation{} ? g : Arithmetic::template halved<Shift>(g);
  }
};

}  // namespace nn
