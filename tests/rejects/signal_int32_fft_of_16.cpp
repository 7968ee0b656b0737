// error: nn::signal::Int32Fft: a size is at least 32
#include "nn/signal/int32_fft.hpp"

constexpr auto bins = nn::signal::Int32Fft<16>::bins;
