// error: nn::Truncated<Steps>: gradients go back at least one step
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Gru<4, nn::Truncated<0>>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
