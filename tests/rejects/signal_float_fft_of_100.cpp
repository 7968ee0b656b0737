// error: nn::signal::FloatFft: the size is no power of 2
#include "nn/signal/float_fft.hpp"

constexpr auto bins = nn::signal::FloatFft<100>::bins;
