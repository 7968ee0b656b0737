// error: nn::signal::MicroFilterBank: the upper limit is above half the rate
#include "nn/signal/micro_filter_bank.hpp"

constexpr nn::signal::MicroSettings settings{.upper_limit = 9000};
constexpr auto channels = nn::signal::MicroFilterBank<settings>::channels;
