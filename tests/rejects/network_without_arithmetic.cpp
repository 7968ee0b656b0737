// error: nn::Network: the first argument is the arithmetic, such as float or nn::Fixed16
#include "nn/nn.hpp"

using Net = nn::Network<nn::Input<4>, nn::Dense<2>>;
Net::Parameters parameters;
