// error: nn::FixedPoint<Format>: activation, its fraction bits, must be below bits
#include "nn/nn.hpp"

using Net = nn::Network<nn::FixedPoint<nn::Format{.activation = 16, .input = 10}>, nn::Input<2>, nn::Dense<2>>;
Net::Parameters parameters;
