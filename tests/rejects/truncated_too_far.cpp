// error: nn::Truncated<Steps>: gradients cannot go back further than a sample has steps
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Gru<4, nn::Truncated<6>>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
