// error: nn::ByRows: a row is a std::array or std::span of exactly row_numbers numbers
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
bool push(nn::ByRows<Net, 1, nn::Feed::rows>& net) { return net.push_row(std::array<float, 9>{}); }
