// error: of a longer or dynamic span, its .first<row_numbers>
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
bool push(nn::ByRows<Net, 1, nn::Feed::rows>& net, std::span<const float> row) { return net.push_row(row); }
