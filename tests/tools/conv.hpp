// A small convolutional network for MNIST, in float and in 16 bits.
#pragma once

#include "nn/nn.hpp"

namespace conv {

template <class A>
using Digits = nn::Network<A, nn::Input<28, 28, 1>,                                       //
                           nn::Conv2d<8, 3, 3>, nn::MaxPool2d<2, 2>, nn::Relu,   // 26x26x8, 13x13x8
                           nn::Conv2d<16, 3, 3>, nn::MaxPool2d<2, 2>, nn::Relu,  // 11x11x16, 5x5x16
                           nn::Flatten, nn::Dense<10>, nn::Softmax>;

using Net = Digits<float>;
using Net16 = Digits<nn::FixedPoint<nn::Format{.weight = 13, .activation = 10, .gradient = 13, .input = 14, .stochastic = true}>>;

}  // namespace conv
