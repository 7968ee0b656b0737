// error: nn::Trainer: the last layer gives what this loss cannot take; expected Softmax for CrossEntropy, Sigmoid for BinaryCrossEntropy
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<3>, nn::Tanh>;
nn::Trainer<Net, nn::BinaryCrossEntropy> trainer{{}, 1};
