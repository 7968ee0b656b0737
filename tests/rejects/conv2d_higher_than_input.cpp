// error: nn::Window: the window is higher than its input; expected a smaller one, or Same
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 5, 1>, nn::Conv2d<2, 3, 3, nn::Dilation<2>>>;
Net::Parameters parameters;
