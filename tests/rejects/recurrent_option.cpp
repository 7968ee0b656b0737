// error: nn::Rnn, nn::Gru, nn::Lstm: an option is LastStep, Orthogonal, UnitForgetBias, ResetBefore, Relu or Truncated
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Gru<4, nn::Same>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
