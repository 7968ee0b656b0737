// error: the second argument is a loss, such as nn::CrossEntropy
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::Sgd, nn::CrossEntropy> trainer{{}, 1};
