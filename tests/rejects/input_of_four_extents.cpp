// error: nn::Input<extents>: an input has at most height, width and channels
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2, 2, 2, 2>, nn::Dense<2>>;
Net::Parameters parameters;
