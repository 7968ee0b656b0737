// error: nn::Conv2d<Outputs, Height, Width>: a layer needs at least one output channel
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<0, 3, 3>>;
Net::Parameters parameters;
