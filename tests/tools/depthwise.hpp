// A small depthwise-separable network, whose numbers differ much from channel to channel: what int8 with one range a tensor is bad at.
#pragma once

#include "nn/nn.hpp"

namespace depthwise {

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<8, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu,                   //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu,                                     //
                        nn::Conv2d<12, 1, 1>, nn::BatchNorm<>, nn::Relu,                                                       //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same, nn::Stride<2>>, nn::BatchNorm<>, nn::Relu,                      //
                        nn::Conv2d<16, 1, 1>, nn::BatchNorm<>, nn::Relu,                                                       //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu,                                     //
                        nn::Conv2d<16, 1, 1>, nn::BatchNorm<>, nn::Relu,                                                       //
                        nn::GlobalAvgPool, nn::Dense<10>, nn::Softmax>;

}  // namespace depthwise
