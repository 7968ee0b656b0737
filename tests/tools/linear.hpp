// The least that classifies: softmax regression. What it cannot do, drawn digits must ask for.
#pragma once

#include "nn/nn.hpp"

namespace linear {

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Dense<10>, nn::Softmax>;

}  // namespace linear
