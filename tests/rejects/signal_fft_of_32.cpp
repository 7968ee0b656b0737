// error: nn::signal::Int16Fft: a size is at least 64
#include "nn/signal/int16_fft.hpp"

constexpr auto bins = nn::signal::Int16Fft<32>::bins;
