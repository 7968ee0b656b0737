// error: nn::signal::Dct: there are more coefficients than numbers
#include "nn/signal/dct.hpp"

constexpr auto outputs = nn::signal::Dct<13, nn::signal::DctScale::plain>::Bound<float, 10>::outputs;
