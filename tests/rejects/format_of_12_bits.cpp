// error: nn::FixedPoint<Format>: bits must be 8, 16 or 32
#include "nn/nn.hpp"

using Net = nn::Network<nn::FixedPoint<nn::Format{.bits = 12, .weight = 9, .activation = 6}>, nn::Input<2>, nn::Dense<2>>;
Net::Parameters parameters;
