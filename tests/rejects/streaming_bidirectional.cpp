// error: nn::Streaming: a layer whose whole output changes with every frame cannot stream, such as Bidirectional or a Softmax over time
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 2>, nn::Bidirectional<nn::Gru<4>>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net> stream{parameters};
