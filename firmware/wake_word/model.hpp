// Words of a tone, as draw_tones draws them: the micro front end every 20 ms, the last 49 frames (0.99 s) ten times a second.
#pragma once

#include "nn/nn.hpp"
#include "nn/pipeline.hpp"
#include "nn/signal/micro_features.hpp"
#include "nn/signal/stack.hpp"

namespace tones {

inline constexpr auto& settings = nn::signal::micro_frontend_20ms;

using FrontEnd = nn::Pipeline<nn::signal::MicroFrames<settings>, nn::signal::MicroFeatures<settings>, nn::signal::MicroCodes,
                              nn::signal::Stack<49, 5>>;

using Net = nn::Network<float, nn::Input<49, 40, 1>,  // time, frequency
                        nn::Conv2d<8, 8, 8, nn::Stride<3, 2>>, nn::Relu, nn::MaxPool2d<2, 2>, nn::Dense<4>, nn::Softmax>;

}  // namespace tones
