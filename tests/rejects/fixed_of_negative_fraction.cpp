// error: nn::Fixed<Bits, Fraction>: the number of fraction bits is 0 or more
#include "nn/nn.hpp"

nn::Fixed<16, -1> x{};
