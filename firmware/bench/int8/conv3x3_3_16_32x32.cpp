// conv3x3 3-16 32x32: int8
#include "operators.hpp"

static constexpr bench::Layer<16 * 3 * 3 * 3, 16, 16, 9> layer;
inline constexpr nn::int8::Conv2d conv{
    .window = {.input = {32, 32, 3}, .output = {32, 32, 16}, .kernel = {3, 3}, .before = {1, 1}},
    .zero = 0, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 1, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<conv, 32 * 32 * 3, 32 * 32 * 16>>(sizeof layer); }
