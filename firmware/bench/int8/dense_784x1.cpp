// dense 784x1: int8
#include "operators.hpp"

static constexpr bench::Layer<784, 1, 1, 11> layer;
inline constexpr nn::int8::FullyConnected dense{
    .rows = 1, .inputs = 784, .outputs = 1, .weight = layer.weight.data(), .bias = layer.bias.data(),
    .scale = layer.scale.data(), .scale_step = 0, .range = {}, .simple = true};

int main() { return bench::infer<bench::Alone<dense, 784, 1>>(sizeof layer); }
