// error: nn::Fixed::from: a floating-point value is converted to at most 32 bits
#include "nn/nn.hpp"

auto x = nn::Fixed<64, 20>::from(0.5f);
