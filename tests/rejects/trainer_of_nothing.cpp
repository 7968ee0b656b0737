// error: nn::Trainer: a network without parameters has nothing to learn
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Relu, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy> trainer{{}, 1};
