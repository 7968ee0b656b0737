// error: nn::signal::Frames: the step is longer than a frame
#include "nn/signal/frames.hpp"

nn::signal::Frames<float, 480, 500> frames;
