// error: nn::Lstm: its candidate is a tanh, Relu is an option of nn::Rnn
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Lstm<4, nn::Relu>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
