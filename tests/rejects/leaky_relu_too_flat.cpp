// error: nn::LeakyRelu<Shift>: a slope below 2 to the power of -15 is 0 in 16 bits
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::LeakyRelu<16>>;
Net::Parameters parameters;
