// error: nn::signal::Decimator: a filter has at least one tap
#include "nn/signal/decimator.hpp"

constexpr std::array<float, 0> taps{};
nn::signal::Decimator<2, 0> decimator{taps};
