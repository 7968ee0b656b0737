// error: nn::signal::PreEmphasis: a coefficient is from 0 to 1, in at most 255 parts
#include "nn/signal/pre_emphasis.hpp"

constexpr auto before = nn::signal::PreEmphasis<256, 8>::before;
