// error: nn::MaxPool2d: the window of a pooling has no Dilation
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::MaxPool2d<2, 2, nn::Dilation<2>>>;
Net::Parameters parameters;
