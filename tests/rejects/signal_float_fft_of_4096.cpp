// error: nn::signal::FloatFft: a size is at most 2048
#include "nn/signal/float_fft.hpp"

constexpr auto bins = nn::signal::FloatFft<4096>::bins;
