// error: nn::signal::Decimator: a factor is at least 1
#include "nn/signal/decimator.hpp"

constexpr auto taps = nn::signal::low_pass<8>(0.1f);
nn::signal::Decimator<0, 8> decimator{taps};
