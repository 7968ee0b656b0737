// error: nn::ByRows: expected parameters that stay, a variable; these would be gone before the first call
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
nn::ByRows<Net> net{Net::Parameters{}};
