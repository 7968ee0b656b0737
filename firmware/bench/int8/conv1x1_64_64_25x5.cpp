// conv1x1 64-64 25x5: int8
#include "operators.hpp"

static constexpr bench::Layer<64 * 64, 64, 64, 9> layer;
inline constexpr nn::int8::Conv2d conv{
    .window = {.input = {25, 5, 64}, .output = {25, 5, 64}},
    .zero = 0, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 1, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<conv, 25 * 5 * 64, 25 * 5 * 64>>(sizeof layer); }
