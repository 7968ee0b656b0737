// A small network for pictures in colour, four rows of three pixels.
#pragma once

#include "nn/nn.hpp"

namespace colour {

using Net = nn::Network<float, nn::Input<4, 3, 3>, nn::Flatten, nn::Dense<2>, nn::Softmax>;

}  // namespace colour
