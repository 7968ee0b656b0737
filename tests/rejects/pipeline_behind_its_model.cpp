// error: nn::Pipeline: the model must be the last argument
#include "nn/nn.hpp"
#include "nn/signal/keyword_features.hpp"

using Net = nn::Network<float, nn::Input<257>, nn::Dense<2>>;
nn::Pipeline<nn::signal::KeywordFrames, nn::signal::KeywordSpectrum, Net, nn::signal::KeywordLog> pipeline;
