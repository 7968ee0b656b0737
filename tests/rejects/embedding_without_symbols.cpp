// error: nn::Embedding<Symbols, Width>: there is at least one symbol
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Embedding<0, 2>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
