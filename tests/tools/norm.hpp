// A small network with BatchNorm, also in branches.
#pragma once

#include "nn/nn.hpp"

namespace norm {

using Net = nn::Network<float, nn::Input<8, 8, 1>,                                                       //
                        nn::Conv2d<4, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu, nn::MaxPool2d<2, 2>,   // 4x4x4
                        nn::Residual<nn::Conv2d<4, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu>,          //
                        // 4x4x8
                        nn::Concat<nn::Branch<>, nn::Branch<nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu>>,
                        nn::Flatten, nn::Dense<10>, nn::Softmax>;

using Folded = nn::Network<float, nn::Input<8, 8, 1>,                                   //
                           nn::Conv2d<4, 3, 3, nn::Same>, nn::Relu, nn::MaxPool2d<2, 2>,  //
                           nn::Residual<nn::Conv2d<4, 3, 3, nn::Same>, nn::Relu>,       //
                           nn::Concat<nn::Branch<>, nn::Branch<nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu>>,  //
                           nn::Flatten, nn::Dense<10>, nn::Softmax>;

}  // namespace norm
