// depthwise3x3 63x1 25x5: int8
// Channels that are no multiple of 4.
#include "operators.hpp"

static constexpr bench::Layer<3 * 3 * 63, 63, 63, 8> layer;
inline constexpr nn::int8::DepthwiseConv2d depthwise{
    .window = {.input = {25, 5, 63}, .output = {25, 5, 63}, .kernel = {3, 3}, .before = {1, 1}},
    .multiplier = 1, .zero = 0, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 1, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<depthwise, 25 * 5 * 63, 25 * 5 * 63>>(sizeof layer); }
