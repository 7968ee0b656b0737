// conv1x1 63-63 1x1: int8
// One pixel, of channels that are no multiple of 4.
#include "operators.hpp"

static constexpr bench::Layer<63 * 63, 63, 63, 9> layer;
inline constexpr nn::int8::Conv2d conv{
    .window = {.input = {1, 1, 63}, .output = {1, 1, 63}},
    .zero = 0, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 1, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<conv, 63, 63>>(sizeof layer); }
