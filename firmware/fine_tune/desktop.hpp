// The network that a desktop trains and exports: what PyTorch would do, done here so that nothing needs to be installed.
#pragma once

#include "nn/nn.hpp"

namespace desktop {

using Net = nn::Network<float, nn::Input<8, 8, 1>,                                           // height, width, channels
                        nn::Conv2d<8, 3, 3, nn::Same>, nn::Relu, nn::MaxPool2d<2, 2>,        // 4x4x8
                        nn::Conv2d<16, 3, 3, nn::Same>, nn::Relu, nn::MaxPool2d<2, 2>,       // 2x2x16
                        nn::Flatten, nn::Dense<10>, nn::Softmax>;

}  // namespace desktop
