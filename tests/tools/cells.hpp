// Digits of 8x8 row by row, through every kind of recurrent layer.
#pragma once

#include "nn/nn.hpp"

namespace cells {

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Bidirectional<nn::Gru<4>>, nn::Lstm<8, nn::Orthogonal, nn::UnitForgetBias>,
                        nn::Rnn<6, nn::LastStep>, nn::Dense<10>, nn::Softmax>;

}  // namespace cells
