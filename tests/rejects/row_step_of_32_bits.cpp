// error: nn::RowStep: a gradient has at most 16 bits
#include "nn/nn.hpp"

auto step = nn::RowStep::of(nn::Factor::of(0.1f), nn::Fixed<32, 24>{1}, 10, 13);
