// The digits of 8x8 pixels in fixed-point formats that propose_digits printed, for optdigits with seed 1.
#pragma once

#include "firmware/digits/model.hpp"

namespace digits {

// 16 bits, to learn.
using Learn16 =
    nn::Network<nn::FixedPoint<nn::Format{.weight = 12, .activation = 8, .gradient = 13, .input = 14}>, nn::Input<8, 8, 1>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 12, .activation = 10, .gradient = 13}>, nn::Dense<32>>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 12, .activation = 10, .gradient = 13}>, nn::Relu>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 12, .activation = 8, .gradient = 14}>, nn::Dense<10>>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 12, .activation = 14}>, nn::Softmax>>;

// 8 bits, to infer.
using Infer8 = nn::Network<nn::FixedPoint<nn::Format{.bits = 8, .weight = 5, .activation = 1, .input = 7}>, nn::Input<8, 8, 1>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 5, .activation = 3}>, nn::Dense<32>>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 5, .activation = 3}>, nn::Relu>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 5, .activation = 1}>, nn::Dense<10>>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 5, .activation = 7}>, nn::Softmax>>;

}  // namespace digits
