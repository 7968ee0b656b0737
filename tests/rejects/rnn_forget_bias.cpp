// error: nn::Rnn: it has no forget gate, UnitForgetBias is an option of nn::Lstm
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Rnn<4, nn::UnitForgetBias>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
