// error: nn::Input<extents>: every extent must be at least 1
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 0>, nn::Dense<2>>;
Net::Parameters parameters;
