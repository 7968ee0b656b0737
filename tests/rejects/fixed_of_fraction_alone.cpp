// error: nn::Fixed<Bits, Fraction>: there are more fraction bits than bits besides the sign
#include "nn/nn.hpp"

nn::Fixed<16, 16> x{};
