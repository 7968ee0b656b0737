// error: nn::Pipeline: the model has another number of inputs than there are features
#include "nn/nn.hpp"
#include "nn/signal/keyword_features.hpp"

using Net = nn::Network<float, nn::Input<40>, nn::Dense<2>>;
constexpr Net::Parameters parameters{};
nn::Pipeline<nn::signal::KeywordFrames, nn::signal::KeywordSpectrum, Net> pipeline{parameters};
void run() { pipeline.process({}, [](auto) {}); }
