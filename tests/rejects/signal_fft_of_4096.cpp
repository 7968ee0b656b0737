// error: nn::signal::Int16Fft: a size is at most 2048
#include "nn/signal/int16_fft.hpp"

constexpr auto bins = nn::signal::Int16Fft<4096>::bins;
