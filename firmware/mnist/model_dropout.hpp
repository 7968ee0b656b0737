// The network of MNIST with dropout behind both hidden layers.
#pragma once

#include "nn/nn.hpp"

namespace mnist_dropout {

using Net = nn::Network<float, nn::Input<28, 28, 1>,
                        nn::Dense<128>, nn::Relu, nn::Dropout<40>,
                        nn::Dense<64>, nn::Relu, nn::Dropout<20>,
                        nn::Dense<10>, nn::Softmax>;

}  // namespace mnist_dropout
