// error: nn::Concat: all branches must end with the same height
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 4, 1>, nn::Concat<nn::Branch<>, nn::Branch<nn::Conv2d<1, 2, 1>>>>;
Net::Parameters parameters;
