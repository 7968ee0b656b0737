// error: nn::signal::Int32Fft: a size is at most 2048
#include "nn/signal/int32_fft.hpp"

constexpr auto bins = nn::signal::Int32Fft<4096>::bins;
