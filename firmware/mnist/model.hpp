// Handwritten digits of 28x28 pixels, as MNIST has them: the network on which MNIST is measured.
#pragma once

#include "nn/nn.hpp"

namespace mnist {

using Net = nn::Network<float, nn::Input<28, 28, 1>,
                        nn::Dense<128>, nn::Relu,
                        nn::Dense<64>, nn::Relu,
                        nn::Dense<10>, nn::Softmax>;

}  // namespace mnist
