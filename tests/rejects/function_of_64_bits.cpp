// error: nn::Fixed: functions take numbers of at most 32 bits
#include "nn/nn.hpp"

auto y = nn::exp<nn::Fixed<16, 10>>(nn::Fixed<64, 20>{1});
