// error: nn::Dropout<Percent>: a layer that drops everything cannot learn
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dropout<100>, nn::Dense<2>>;
Net::Parameters parameters;
