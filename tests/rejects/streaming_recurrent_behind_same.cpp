// error: nn::Streaming: a recurrent layer cannot take back what it saw of the padding behind a window; expected Valid or Causal before it, not Same
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<16, 2>, nn::Conv1d<4, 3, nn::Same>, nn::Gru<4, nn::LastStep>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net> stream{parameters};
