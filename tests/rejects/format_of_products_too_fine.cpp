// error: nn::FixedPoint<Format>: weight and input have together at most 55 fraction bits, a bias is added to their product
#include "nn/nn.hpp"

using Net = nn::Network<nn::FixedPoint<nn::Format{.bits = 32, .weight = 30, .activation = 20, .gradient = 24, .input = 26}>,
                        nn::Input<2>, nn::Dense<2>>;
Net::Parameters parameters;
