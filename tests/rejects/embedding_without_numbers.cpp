// error: nn::Embedding<Symbols, Width>: a symbol has at least one number
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Embedding<4, 0>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
