// error: nn::Trainer<Net, Loss, Optimizer, Batch>: a batch has at least one sample
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, nn::Sgd, 0> trainer{{}, 1};
