// error: nn::Trainer: this arithmetic is for inference; train Net::Learning, then convert its parameters
#include "nn/nn.hpp"

using Net = nn::Network<nn::Fixed16, nn::Input<2>, nn::With<nn::Fixed8, nn::Dense<2>>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy> trainer{{}, 1};
