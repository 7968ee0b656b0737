// error: nn::Streaming: a recurrent layer takes one frame; expected an input of several
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<7>, nn::Gru<2, nn::LastStep>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net> stream{parameters};
