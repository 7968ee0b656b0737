// Diabetes among the Pima, from eight measurements: the network of many a first lesson in Keras.
#pragma once

#include "nn/nn.hpp"

namespace pima {

using Net = nn::Network<float, nn::Input<8>, nn::Dense<12>, nn::Relu, nn::Dense<8>, nn::Relu, nn::Dense<1>, nn::Sigmoid>;

}  // namespace pima
