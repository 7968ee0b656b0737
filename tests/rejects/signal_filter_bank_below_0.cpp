// error: nn::signal::MicroFilterBank: the lower limit is below 0 Hz
#include "nn/signal/micro_filter_bank.hpp"

constexpr nn::signal::MicroSettings settings{.lower_limit = -1};
constexpr auto channels = nn::signal::MicroFilterBank<settings>::channels;
