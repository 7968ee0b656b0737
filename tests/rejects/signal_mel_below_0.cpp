// error: nn::signal::Mel: the lower limit is below 0 Hz
#include "nn/signal/mel.hpp"

constexpr nn::signal::MelSettings settings{.low = -1};
constexpr auto channels = nn::signal::Mel<settings>::channels;
