// error: nn::Trainer: expected the optimizer's settings and a seed
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, nn::Sgd> trainer;
