// error: nn::Embedding<Symbols, Width>: the format of its input cannot hold the last symbol; expected a smaller Format::input
#include "nn/nn.hpp"

using Net = nn::Network<nn::Fixed16, nn::Input<4>, nn::Embedding<40, 2>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
