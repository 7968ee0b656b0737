// error: nn::ZeroPadding<Above, Below, Left, Right>: there is nothing to pad; expected Valid
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<4, 3, 3, nn::ZeroPadding<0>>>;
Net::Parameters parameters;
