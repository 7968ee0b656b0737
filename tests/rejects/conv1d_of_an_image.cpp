// error: nn::Conv1d: its input is a sequence, of height 1, which nn::Reshape of steps and numbers makes of rows
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv1d<2, 3>>;
Net::Parameters parameters;
