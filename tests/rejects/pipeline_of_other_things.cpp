// error: nn::Pipeline: every argument after Frames must be a stage or, the last, a model
#include "nn/signal/keyword_features.hpp"

nn::Pipeline<nn::signal::KeywordFrames, int> pipeline;
