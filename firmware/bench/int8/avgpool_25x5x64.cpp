// avgpool 25x5x64: int8
#include "operators.hpp"

inline constexpr nn::int8::AveragePool2d pool{
    .window = {.input = {25, 5, 64}, .output = {1, 1, 64}, .kernel = {25, 5}, .stride = {25, 5}}, .range = {}};

int main() { return bench::infer<bench::Alone<pool, 25 * 5 * 64, 64>>(); }
