// error: nn::signal::PreEmphasis: a coefficient has 0 to 8 bits
#include "nn/signal/pre_emphasis.hpp"

constexpr auto before = nn::signal::PreEmphasis<500, 9>::before;
