// error: nn::Trainer: the last layer gives what this loss cannot take; expected Softmax for CrossEntropy
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<3>, nn::Sigmoid>;
nn::Trainer<Net, nn::Weighted<nn::SoftCrossEntropy>> trainer{{}, 1};
