// error: nn::Dense<Outputs>: a layer needs at least one output
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<0>>;
Net::Parameters parameters;
