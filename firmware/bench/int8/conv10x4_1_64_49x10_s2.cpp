// conv10x4 1-64 49x10 s2: int8
#include "operators.hpp"

static constexpr bench::Layer<64 * 10 * 4, 64, 64, 9> layer;
inline constexpr nn::int8::Conv2d conv{
    .window = {.input = {49, 10, 1}, .output = {25, 5, 64}, .kernel = {10, 4}, .stride = {2, 2}, .before = {4, 1}},
    .zero = 0, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 1, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<conv, 49 * 10, 25 * 5 * 64>>(sizeof layer); }
