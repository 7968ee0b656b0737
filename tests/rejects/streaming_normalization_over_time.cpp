// error: nn::Streaming: a normalization over time changes with every frame; expected one of the numbers in a frame
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<16>, nn::LayerNorm, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net> stream{parameters};
