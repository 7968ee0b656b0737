// error: nn::Trainer: a network needs a layer besides the one that the loss takes over
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy> trainer{{}, 1};
