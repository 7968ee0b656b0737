// error: nn::Normalization<Count>: Count is 1 or the number of inputs
#include "nn/nn.hpp"

nn::Normalization<3> normalization{};
void apply(std::span<const float, 4> raw, std::span<float, 4> x) { normalization.apply(raw, x); }
