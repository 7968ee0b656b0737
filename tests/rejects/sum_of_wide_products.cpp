// error: nn: a sum of so many products of these formats needs more than 64 bits
#include "nn/nn.hpp"

using Net = nn::Network<nn::FixedPoint<nn::Format{.bits = 32, .weight = 0, .activation = 2}>, nn::Input<4>, nn::Dense<2>>;
void run(const Net::Parameters& parameters, const Net::Input& x) { Net::forward(parameters, x); }
