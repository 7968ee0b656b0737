// error: nn::Window: an option is Stride, Dilation, Same, Valid, Causal or ZeroPadding
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<2, 3, 3, nn::Relu>>;
Net::Parameters parameters;
