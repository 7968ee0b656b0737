// error: nn::Causal: only along a sequence, of height 1, is one place before another
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<2, 3, 3, nn::Causal>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
