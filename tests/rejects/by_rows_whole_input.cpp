// error: nn::ByRows<Network, 1, Feed::rows>: its input comes by push_row
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
void run(nn::ByRows<Net, 1, nn::Feed::rows>& net, const Net::Input& x) { net(x); }
