// A small convolutional network for MNIST, in float, in 16 bits and in 8.
#pragma once

#include "nn/nn.hpp"

namespace conv {

// First: what the first convolution is, whose output is the largest.
template <class A, class First = nn::Conv2d<8, 3, 3>>
using Digits = nn::Network<A, nn::Input<28, 28, 1>,                              //
                           First, nn::MaxPool2d<2, 2>, nn::Relu,                 // 26x26x8, 13x13x8
                           nn::Conv2d<16, 3, 3>, nn::MaxPool2d<2, 2>, nn::Relu,  // 11x11x16, 5x5x16
                           nn::Flatten, nn::Dense<10>, nn::Softmax>;

using Net = Digits<float>;
using Net16 = Digits<nn::FixedPoint<nn::Format{.weight = 13, .activation = 10, .gradient = 13, .input = 14, .stochastic = true}>>;

// ∂L/∂y of that output takes 8 bits, too.
using Widest =
    nn::FixedPoint<nn::Format{.bits = 8, .weight = 7, .activation = 3, .gradient = 7, .stochastic = true, .gradient_bits = 8}>;
using Net8 = Digits<nn::Fixed8Stochastic, nn::With<Widest, nn::Conv2d<8, 3, 3>>>;

}  // namespace conv
