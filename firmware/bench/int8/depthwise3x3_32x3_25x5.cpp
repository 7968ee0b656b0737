// depthwise3x3 32x3 25x5: int8
// 3 outputs a channel.
#include "operators.hpp"

static constexpr bench::Layer<3 * 3 * 96, 96, 96, 8> layer;
inline constexpr nn::int8::DepthwiseConv2d depthwise{
    .window = {.input = {25, 5, 32}, .output = {25, 5, 96}, .kernel = {3, 3}, .before = {1, 1}},
    .multiplier = 3, .zero = 0, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 1, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<depthwise, 25 * 5 * 32, 25 * 5 * 96>>(sizeof layer); }
