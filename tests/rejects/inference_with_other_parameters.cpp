// error: nn::Inference: expected parameters of this network, of type Net::Parameters
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Network<float, nn::Input<4>, nn::Dense<2>>::Parameters parameters;
nn::Inference<Net> network{parameters};
