// error: nn::signal::window_table: a window has more than one sample
#include "nn/signal/windows.hpp"

constexpr auto window = nn::signal::window_table<nn::signal::Window::hann_periodic, 1>;
