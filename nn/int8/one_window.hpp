// A convolution of one window whose codes lie in one piece is a fully connected layer.
#pragma once

#include "nn/graph/window.hpp"
#include "nn/int8/fully_connected.hpp"

namespace nn::int8 {

constexpr bool is_one_window(const graph::Window& window) {
  return window.pixels() == 1 && window.in_one_piece() && window.before.height == 0 && window.before.width == 0;
}

template <class Rounding, const auto& Convolution>
struct OfOneWindow {
  static constexpr FullyConnectedOf<Rounding> operation{1,
                                                        Convolution.depth(),
                                                        Convolution.window.output.channels,
                                                        Convolution.weight,
                                                        Convolution.bias,
                                                        Convolution.scale,
                                                        Convolution.scale_step,
                                                        Convolution.range,
                                                        Convolution.simple};
};

}  // namespace nn::int8
