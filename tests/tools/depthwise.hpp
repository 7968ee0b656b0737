// A narrow depthwise-separable network. On inputs brought to deviation 1, of which some columns are almost always 0 and hence
// reach far out, its numbers differ much from channel to channel: what int8 with one range a tensor is bad at.
#pragma once

#include "nn/nn.hpp"

namespace depthwise {

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<4, 3, 3, nn::Same>, nn::BatchNorm<>, nn::HardSwish,    //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::HardSwish,                      //
                        nn::Conv2d<4, 1, 1>, nn::BatchNorm<>, nn::HardSwish,                                         //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::HardSwish,                      //
                        nn::Conv2d<4, 1, 1>, nn::BatchNorm<>, nn::HardSwish,                                         //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same, nn::Stride<2>>, nn::BatchNorm<>, nn::HardSwish,       //
                        nn::Conv2d<8, 1, 1>, nn::BatchNorm<>, nn::HardSwish,                                         //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::HardSwish,                      //
                        nn::Conv2d<8, 1, 1>, nn::BatchNorm<>, nn::HardSwish,                                         //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::HardSwish,                      //
                        nn::Conv2d<12, 1, 1>, nn::BatchNorm<>, nn::HardSwish,                                        //
                        nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::HardSwish,                      //
                        nn::Conv2d<12, 1, 1>, nn::BatchNorm<>, nn::HardSwish,                                        //
                        nn::GlobalAvgPool, nn::Dense<10>, nn::Softmax>;

}  // namespace depthwise
