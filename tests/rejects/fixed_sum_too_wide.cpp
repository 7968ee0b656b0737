// error: nn::Fixed<Bits, Fraction>: a sum or product needs more than 64 bits, narrow its terms first
#include "nn/nn.hpp"

auto twice(nn::Fixed<64, 20> x) { return x + x; }
