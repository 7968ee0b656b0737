// error: nn::Network: every argument after Input must be a layer
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, int>;
Net::Parameters parameters;
