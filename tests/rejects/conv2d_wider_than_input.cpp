// error: nn::Window: the window is wider than its input; expected a smaller one, or Same
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<5, 4, 1>, nn::Conv2d<2, 5, 5>>;
Net::Parameters parameters;
