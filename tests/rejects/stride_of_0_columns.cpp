// error: nn::Stride<Rows, Columns>: a window moves by at least one column
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<2, 3, 3, nn::Stride<1, 0>>>;
Net::Parameters parameters;
