// Handwritten digits of 8x8 pixels, by convolutions.
#pragma once

#include "nn/nn.hpp"

namespace digits_conv {

using Net = nn::Network<float, nn::Input<8, 8, 1>,                                             //
                        nn::Conv2d<8, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu,              // 8x8x8
                        nn::Residual<nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu,         //
                                     nn::Conv2d<8, 1, 1>>, nn::Relu, nn::MaxPool2d<2, 2>,      // 4x4x8
                        nn::Concat<nn::Branch<nn::Conv2d<8, 3, 3, nn::Same>, nn::Relu>,        //
                                   nn::Branch<nn::Conv2d<8, 1, 1>, nn::Relu>>,                 // 4x4x16
                        nn::Flatten, nn::Dense<10>, nn::Softmax>;

}  // namespace digits_conv
