// Conv1d<Outputs, Width, Options…>: a convolution along a sequence, [length][Inputs] to [length][Outputs]: a Conv2d of one row,
// with Stride<n>, Dilation<n> and Causal along it. W is [Outputs][Width][Inputs].
//   Network<float, Input<128, 6>, Conv1d<8, 5, Stride<2>>, …>
#pragma once

#include "nn/layer/conv2d.hpp"

namespace nn {

template <std::size_t Outputs, std::size_t Width, class... Options>
struct Conv1d : Conv2d<Outputs, 1, Width, Options...> {
  static constexpr std::string_view name = "Conv1d";

  template <class Arithmetic, Shape Input>
  struct Bound : Conv2d<Outputs, 1, Width, Options...>::template Bound<Arithmetic, Input> {
    static_assert(Input.height == 1, "nn::Conv1d: its input is a sequence, of height 1, which nn::Reshape of steps and numbers makes "
                                     "of rows");
  };
};

}  // namespace nn
