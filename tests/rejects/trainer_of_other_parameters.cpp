// error: nn::Trainer: expected a seed or parameters of this network, of type Net::Parameters
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, nn::Sgd> trainer{{.rate = 0.1f}, nn::Network<float, nn::Input<4>, nn::Dense<2>>::Parameters{}};
