// error: nn::ByRows<Network>: rows are pushed with Feed::rows; else it takes the whole input
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
bool push(nn::ByRows<Net>& net, const std::array<float, 8>& row) { return net.push_row(row); }
