// The same gestures by recurrent layers, to be brought to int8: what is known of a gesture grows from frame to frame.
#pragma once

#include "nn/nn.hpp"

namespace gesture_recurrent {

using Net = nn::Network<float, nn::Input<48, 3>, nn::Gru<12, nn::Orthogonal>,
                        nn::Lstm<12, nn::LastStep, nn::Orthogonal, nn::UnitForgetBias>, nn::Dense<4>, nn::Softmax>;

}  // namespace gesture_recurrent
