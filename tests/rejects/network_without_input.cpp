// error: nn::Network: the second argument must be nn::Input with the shape of the input
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Dense<2>, nn::Relu>;
Net::Parameters parameters;
