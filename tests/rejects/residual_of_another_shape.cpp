// error: nn::Residual: what is added must have one shape; expected a Projection first, or another body
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Residual<nn::Conv2d<2, 3, 3, nn::Same>>>;
Net::Parameters parameters;
