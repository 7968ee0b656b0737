// error: nn::ZeroPadding: the window is higher than its padded input; expected a smaller one, or more rows of padding
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 8, 1>, nn::Conv2d<4, 7, 3, nn::ZeroPadding<1>>>;
Net::Parameters parameters;
