// error: nn::Pad<Above, Below, Left, Right>: there is nothing to pad
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Pad<0>>;
Net::Parameters parameters;
