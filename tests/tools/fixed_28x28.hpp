// The digits of 28x28 pixels in fixed-point formats that propose_digits_28x28 printed, for MNIST with seed 1.
#pragma once

#include "firmware/digits/model_28x28.hpp"

namespace digits {

// 16 bits, to learn.
using Learn16 =
    nn::Network<nn::FixedPoint<nn::Format{.weight = 13, .activation = 9, .gradient = 13, .input = 14}>, nn::Input<28, 28, 1>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 14, .activation = 9, .gradient = 13}>, nn::Dense<32>>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 13, .activation = 9, .gradient = 13}>, nn::Relu>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 13, .activation = 9, .gradient = 14}>, nn::Dense<16>>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 13, .activation = 9, .gradient = 14}>, nn::Relu>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 13, .activation = 9, .gradient = 14}>, nn::Dense<10>>,
                nn::With<nn::FixedPoint<nn::Format{.weight = 13, .activation = 14}>, nn::Softmax>>;

// 8 bits, to infer.
using Infer8 = nn::Network<nn::FixedPoint<nn::Format{.bits = 8, .weight = 6, .activation = 2, .input = 7}>, nn::Input<28, 28, 1>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 7, .activation = 2}>, nn::Dense<32>>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 6, .activation = 2}>, nn::Relu>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 6, .activation = 2}>, nn::Dense<16>>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 6, .activation = 2}>, nn::Relu>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 6, .activation = 2}>, nn::Dense<10>>,
                           nn::With<nn::FixedPoint<nn::Format{.bits = 8, .weight = 6, .activation = 7}>, nn::Softmax>>;

}  // namespace digits
