// Small networks for the data that people have: four measurements and a class, in float and in 16 bits; and two numbers for two.
#pragma once

#include "nn/nn.hpp"

namespace people {

using Classes = nn::Network<float, nn::Input<4>, nn::Dense<8>, nn::Tanh, nn::Dense<3>, nn::Softmax>;
using Numbers = nn::Network<float, nn::Input<2>, nn::Dense<8>, nn::Tanh, nn::Dense<2>>;

}  // namespace people
