// error: nn::Residual<Projection, Body>: there is nothing to add to the projection
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Residual<nn::Projection<nn::Relu>>>;
Net::Parameters parameters;
