// error: nn::Pipeline: there is no stage after Frames
#include "nn/signal/keyword_features.hpp"

nn::Pipeline<nn::signal::KeywordFrames> pipeline;
