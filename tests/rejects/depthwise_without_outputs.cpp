// error: nn::DepthwiseConv2d<Multiplier, Height, Width>: each channel feeds at least one
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::DepthwiseConv2d<0, 3, 3>>;
Net::Parameters parameters;
