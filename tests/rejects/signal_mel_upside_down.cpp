// error: nn::signal::Mel: the upper limit is not above the lower one
#include "nn/signal/mel.hpp"

constexpr nn::signal::MelSettings settings{.low = 500, .high = 500};
constexpr auto channels = nn::signal::Mel<settings>::channels;
