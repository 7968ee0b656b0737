// error: nn::signal::Spectrum: the frame is longer than the transform
#include "nn/signal/spectrum.hpp"

using Long = nn::signal::Spectrum<nn::signal::Power, nn::signal::Window::hann_periodic, 600, nn::signal::Plain, 512>;
constexpr auto bins = Long::Bound<float, 600>::outputs;
