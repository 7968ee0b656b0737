// error: nn::BatchNorm<Shift>: statistics that move by less than 2 to the power of -30 stay where they are
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::BatchNorm<31>>;
Net::Parameters parameters;
