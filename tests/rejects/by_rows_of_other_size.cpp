// error: nn::ByRows: the input is a std::array or std::span of exactly Net::inputs numbers
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
auto run(nn::ByRows<Net>& net) { return net(std::array<float, 63>{}); }
