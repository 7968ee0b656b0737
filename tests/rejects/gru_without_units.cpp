// error: nn::Gru<Hidden>: a layer needs at least one hidden unit
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Gru<0>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
