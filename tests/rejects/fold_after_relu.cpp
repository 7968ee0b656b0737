// error: nn::fold: a BatchNorm is folded into the Dense or convolution right before it
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<2>, nn::Relu, nn::BatchNorm<>>;
const auto folded = nn::fold<Net>(Net::Parameters{});
