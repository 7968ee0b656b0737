// error: nn::LayerNorm: a single channel has no variance; expected two or more
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 1>, nn::LayerNorm, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
