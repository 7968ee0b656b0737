// Gestures of a 3-axis accelerometer: 48 frames, no padding in time, so that a new frame costs little.
#pragma once

#include "nn/nn.hpp"

namespace gesture {

using Net = nn::Network<float, nn::Input<48, 3>, nn::Conv1d<8, 5>, nn::Relu, nn::Conv1d<12, 5, nn::Dilation<1, 2>>, nn::Relu,
                        nn::GlobalAvgPool, nn::Dense<5>, nn::Softmax>;

}  // namespace gesture
