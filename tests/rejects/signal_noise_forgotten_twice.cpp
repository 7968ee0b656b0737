// error: nn::signal::NoiseReduction: a factor is not from 0 to 1
#include "nn/signal/noise_reduction.hpp"

inline constexpr nn::signal::MicroSettings settings{.even_smoothing = 2};
constexpr auto even = nn::signal::NoiseReduction<settings>::even;
