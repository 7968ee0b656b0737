// A convolution of one window whose codes lie in one piece is a fully connected layer.
#pragma once

#include "nn/int8/conv_2d.hpp"
#include "nn/int8/fully_connected.hpp"

namespace nn::int8 {

template <class Rounding, const auto& Operator>
struct OfOneWindow {
  static constexpr FullyConnectedOf<Rounding> operation{1,
                                                        Operator.depth(),
                                                        Operator.window.output.channels,
                                                        Operator.weight,
                                                        Operator.bias,
                                                        Operator.scale,
                                                        Operator.scale_step,
                                                        Operator.range,
                                                        Operator.simple};
};

template <class Rounding>
template <const auto& Self>
constexpr const auto& Conv2dOf<Rounding>::simplified() {
  constexpr const graph::Window& window = Self.window;
  if constexpr (window.pixels() == 1 && window.in_one_piece() && window.before.height == 0 && window.before.width == 0)
    return OfOneWindow<Rounding, Self>::operation;
  else
    return Self;
}

}  // namespace nn::int8
