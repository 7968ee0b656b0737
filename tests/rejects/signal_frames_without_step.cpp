// error: nn::signal::Frames: a step has at least one sample
#include "nn/signal/frames.hpp"

nn::signal::Frames<float, 480, 0> frames;
