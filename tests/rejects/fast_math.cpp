// error: nn: compiled with -ffast-math, -Ofast or -ffinite-math-only, float gives other bits and a NaN passes for a number
// flags: -O2 -ffast-math
#include "nn/self_check.hpp"
