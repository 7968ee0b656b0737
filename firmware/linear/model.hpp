// Four binary features, two classes, one dense layer: softmax regression.
#pragma once

#include "nn/nn.hpp"

namespace linear {

using Net = nn::Network<float, nn::Input<4>, nn::Dense<2>, nn::Softmax>;

}  // namespace linear
