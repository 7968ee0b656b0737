// A body for pictures of 8x8 pixels. It is trained on the host on classes 0 to 6; without its last two layers, in int8, it looks
// at classes that it never saw, and a head behind it learns these where it runs.
#pragma once

#include "nn/nn.hpp"

namespace keyword_learn {

using Net = nn::Network<float, nn::Input<8, 8, 1>,                   //
                        nn::Conv2d<16, 3, 3, nn::Same>, nn::Relu,    // 8x8x16
                        nn::Conv2d<32, 3, 3, nn::Same>, nn::Relu,    // 8x8x32
                        nn::AvgPool2d<2, 2>, nn::Flatten,            // 512 features
                        nn::Dense<7>, nn::Softmax>;

}  // namespace keyword_learn
