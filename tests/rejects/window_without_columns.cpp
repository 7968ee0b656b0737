// error: nn::Window: a window has at least one column
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<2, 3, 0, nn::Same>>;
Net::Parameters parameters;
