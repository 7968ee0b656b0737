// error: nn::Dilation<Rows, Columns>: the taps of a window lie at least one row apart
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<2, 3, 3, nn::Dilation<0, 1>>>;
Net::Parameters parameters;
