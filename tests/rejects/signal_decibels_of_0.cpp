// error: nn::signal::Decibels: the floor is not above 0
#include "nn/signal/logarithm.hpp"

constexpr float none = 0;
constexpr float decibels = nn::signal::Decibels<none>::of(1);
