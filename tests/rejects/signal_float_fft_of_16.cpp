// error: nn::signal::FloatFft: a size is at least 32
#include "nn/signal/float_fft.hpp"

constexpr auto bins = nn::signal::FloatFft<16>::bins;
