// error: nn::signal::Pcan: gain_bits are below the correction's and 12, or above 30
#include "nn/signal/pcan.hpp"

inline constexpr nn::signal::MicroSettings settings{.gain_bits = 10};
constexpr auto bits = nn::signal::Pcan<settings>::snr_shift;
