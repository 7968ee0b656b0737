// error: nn::Rnn<Hidden>: a layer needs at least one hidden unit
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Rnn<0>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
