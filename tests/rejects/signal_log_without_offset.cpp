// error: nn::signal::Log: the offset is not above 0
#include "nn/signal/logarithm.hpp"

inline constexpr float offset = 0;
const float value = nn::signal::Log<offset>::of(0);
