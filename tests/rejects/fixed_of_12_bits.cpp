// error: nn::Fixed<Bits, Fraction>: Bits is 8, 16, 32 or 64
#include "nn/nn.hpp"

nn::Fixed<12, 3> x{};
