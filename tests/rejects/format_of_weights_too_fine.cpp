// error: nn::FixedPoint<Format>: weight, its fraction bits, must be below bits
#include "nn/nn.hpp"

using Net = nn::Network<nn::FixedPoint<nn::Format{.weight = 16}>, nn::Input<2>, nn::Dense<2>>;
Net::Parameters parameters;
