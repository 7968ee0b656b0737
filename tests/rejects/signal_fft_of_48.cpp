// error: nn::signal::Int16Fft: the size is no power of 2
#include "nn/signal/int16_fft.hpp"

constexpr auto bins = nn::signal::Int16Fft<48>::bins;
