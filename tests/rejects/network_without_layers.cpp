// error: nn::Network: a network needs at least one layer
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>>;
Net::Parameters parameters;
