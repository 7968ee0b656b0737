// Exclusive or: two inputs, three hidden neurons, an output for "equal" and one for "different".
#pragma once

#include "nn/nn.hpp"

namespace exclusive_or {

// Weights and activations within ±16: the weights grow beyond the ±4 of Fixed16.
using Fixed = nn::FixedPoint<nn::Format{.weight = 11, .activation = 11}>;

template <class Arithmetic>
using Net = nn::Network<Arithmetic, nn::Input<2>, nn::Dense<3>, nn::Sigmoid, nn::Dense<2>, nn::Sigmoid>;

}  // namespace exclusive_or
