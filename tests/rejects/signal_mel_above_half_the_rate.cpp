// error: nn::signal::Mel: the upper limit is above half the rate
#include "nn/signal/mel.hpp"

constexpr nn::signal::MelSettings settings{.high = 8001};
constexpr auto channels = nn::signal::Mel<settings>::channels;
