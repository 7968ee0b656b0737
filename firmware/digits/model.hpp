// Handwritten digits of 8x8 pixels.
#pragma once

#include "nn/nn.hpp"

namespace digits {

using Net = nn::Network<float, nn::Input<8, 8, 1>,  // height, width, channels
                        nn::Dense<32>, nn::Relu,    // only the new number is stated
                        nn::Dense<10>, nn::Softmax>;

}  // namespace digits
