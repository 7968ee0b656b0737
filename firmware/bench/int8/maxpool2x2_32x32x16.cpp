// maxpool2x2 32x32x16: int8
#include "operators.hpp"

inline constexpr nn::int8::MaxPool2d pool{
    .window = {.input = {32, 32, 16}, .output = {16, 16, 16}, .kernel = {2, 2}, .stride = {2, 2}}, .range = {}};

int main() { return bench::infer<bench::Alone<pool, 32 * 32 * 16, 16 * 16 * 16>>(); }
