// error: nn::ByRows: expected parameters of this network, of type Net::Parameters
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<3, 3, 3>>::Parameters parameters;
nn::ByRows<Net> net{parameters};
