// error: nn::LeakyRelu<Shift>: the slope of the negative side is 2 to the power of -Shift and must be below 1
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::LeakyRelu<0>>;
Net::Parameters parameters;
