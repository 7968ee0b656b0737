// error: nn::With: layers of one network either fuse multiply and add or do not; expected nn::FusedFloat for all of it
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::With<nn::FusedFloat, nn::Dense<2>>, nn::Relu>;

Net::Parameters parameters{};
