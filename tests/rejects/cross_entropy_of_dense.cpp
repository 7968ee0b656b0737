// error: nn::Trainer: the last layer gives what this loss cannot take; expected Softmax for CrossEntropy
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<3>>;
nn::Trainer<Net, nn::CrossEntropy> trainer{{}, 1};
