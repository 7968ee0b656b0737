// error: nn::FixedPoint: the input of a fixed-point layer is fixed-point, a network of float cannot have one
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::With<nn::Fixed16, nn::Dense<2>>>;
Net::Parameters parameters;
