// error: nn::signal::Int16Fft: a size is at least 32
#include "nn/signal/int16_fft.hpp"

constexpr auto bins = nn::signal::Int16Fft<16>::bins;
