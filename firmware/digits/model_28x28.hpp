// Handwritten digits of 28x28 pixels, as MNIST has them.
#pragma once

#include "nn/nn.hpp"

namespace digits {

using Net = nn::Network<float, nn::Input<28, 28, 1>,  // height, width, channels
                        nn::Dense<32>, nn::Relu,      // only the new number is stated
                        nn::Dense<16>, nn::Relu,      //
                        nn::Dense<10>, nn::Softmax>;

}  // namespace digits
