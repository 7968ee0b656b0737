// error: nn::signal::low_pass: a filter has more than one tap
#include "nn/signal/decimator.hpp"

constexpr auto taps = nn::signal::low_pass<1>(0.1f);
