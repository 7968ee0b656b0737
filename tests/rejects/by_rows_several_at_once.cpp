// error: nn::ByRows<Network, AtOnce>: layers of a network make one row at once; expected 1
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
Net::Parameters parameters;
nn::ByRows<Net, 2> net{parameters};
