// error: nn::signal::MicroFeatures: frames must be those of MicroFrames
#include "nn/signal/micro_features.hpp"

using Features = nn::signal::MicroFeatures<nn::signal::micro_frontend_10ms>::Bound<std::int16_t, 400>;
constexpr auto room = Features::room;
