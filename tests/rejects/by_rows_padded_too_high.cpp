// error: nn::ByRows<Network>: what a layer gives has at most 65535 rows
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 1, 1>, nn::Pad<65528, 0, 0, 0>, nn::Conv2d<1, 3, 1>>;
Net::Parameters parameters;
nn::ByRows<Net> net{parameters};
