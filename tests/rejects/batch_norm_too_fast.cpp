// error: nn::BatchNorm<Shift>: a sample moves the statistics by 2 to the power of -Shift of the way, which must be below 1
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::BatchNorm<0>>;
Net::Parameters parameters;
