// error: nn::Streaming<Net, Hop>: there are more new frames than the window has
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 2>, nn::Conv1d<4, 3>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net, 5> stream{parameters};
