// error: nn::Fixed<Bits, Fraction>: a sum or product needs more than 64 bits, narrow its terms first
#include "nn/nn.hpp"

auto triple(nn::Fixed<32, 20> x) { return x * x * x; }
