// error: nn::signal::MicroFilterBank: the upper limit is not above the lower one
#include "nn/signal/micro_filter_bank.hpp"

constexpr nn::signal::MicroSettings settings{.lower_limit = 500, .upper_limit = 400};
constexpr auto channels = nn::signal::MicroFilterBank<settings>::channels;
