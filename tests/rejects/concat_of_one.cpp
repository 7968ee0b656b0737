// error: nn::Concat<Branch, Branch>: there is nothing to join
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Concat<nn::Branch<nn::Relu>>>;
Net::Parameters parameters;
