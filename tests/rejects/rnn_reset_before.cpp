// error: nn::Rnn: it has no reset gate, ResetBefore is an option of nn::Gru
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Rnn<4, nn::ResetBefore>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
