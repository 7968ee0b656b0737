// error: nn::Network<Arithmetic>: the first argument must be float or an arithmetic policy
#include "nn/nn.hpp"

using Net = nn::Network<int, nn::Input<2>, nn::Dense<2>>;
Net::Parameters parameters;
