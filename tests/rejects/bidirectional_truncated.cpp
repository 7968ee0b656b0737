// error: nn::Bidirectional: a stream that never ends has no last step to begin with; expected a layer without Truncated
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 2>, nn::Bidirectional<nn::Gru<4, nn::Truncated<5>>>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
