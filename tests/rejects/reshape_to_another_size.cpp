// error: nn::Reshape<extents>: the new shape has as many numbers as the old one
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Reshape<3, 5>>;
Net::Parameters parameters;
