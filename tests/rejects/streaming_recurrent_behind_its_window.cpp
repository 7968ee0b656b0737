// error: nn::Streaming: the padding before a window reaches a recurrent layer each time; expected a longer window
#include "nn/nn.hpp"

using Net =
    nn::Network<float, nn::Input<4, 2>, nn::Conv1d<4, 3, nn::Causal, nn::Dilation<4>>, nn::Gru<4, nn::LastStep>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net> stream{parameters};
