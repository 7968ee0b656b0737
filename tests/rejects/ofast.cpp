// error: nn: compiled with -ffast-math, -Ofast or -ffinite-math-only, float gives other bits and a NaN passes for a number
// flags: -Ofast
#include "nn/nn.hpp"
