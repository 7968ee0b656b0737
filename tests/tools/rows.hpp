// MNIST as a sequence: 28 steps of one row each. In float and in 16 bits.
#pragma once

#include "nn/nn.hpp"

namespace rows {

template <class A>
using Digits = nn::Network<A, nn::Input<28, 28, 1>, nn::Gru<32, nn::LastStep, nn::Orthogonal>, nn::Dense<10>, nn::Softmax>;

using Net = Digits<float>;
using Net16 = Digits<nn::FixedPoint<nn::Format{.weight = 13, .activation = 11, .gradient = 15, .stochastic = true}>>;

}  // namespace rows
