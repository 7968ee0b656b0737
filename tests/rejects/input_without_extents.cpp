// error: nn::Input<extents>: an input needs at least one extent
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<>, nn::Dense<2>>;
Net::Parameters parameters;
