// error: nn::LaidOut<Net, parameters>: expected parameters of this network, of type Net::Parameters
#include "nn/nn.hpp"

using Net = nn::Network<nn::Fixed8, nn::Input<4>, nn::Dense<3>>;
constexpr Net::As<float>::Parameters parameters{};
using Quick = nn::LaidOut<Net, parameters>;
Quick quick;
