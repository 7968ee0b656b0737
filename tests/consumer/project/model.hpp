#pragma once

#include <nn/nn.hpp>

namespace affine {
using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Softmax>;
}
