// error: nn::Residual<Body>: there is nothing to add to the input
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Residual<>>;
Net::Parameters parameters;
