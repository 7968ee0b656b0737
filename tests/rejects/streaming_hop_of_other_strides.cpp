// error: nn::Streaming<Net, Hop>: the new frames of each time must be a multiple of the strides; here Hop and Stride of nn::hop_and_stride<Hop, Stride>
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<16, 2>, nn::Conv1d<4, 3, nn::Stride<1, 2>>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net, 3> stream{parameters};
