// error: nn::Pipeline: the model takes other numbers than the features are
#include "nn/nn.hpp"
#include "nn/signal/keyword_features.hpp"

using Net = nn::Network<nn::Fixed16, nn::Input<257>, nn::Dense<2>>;
constexpr Net::Parameters parameters{};
nn::Pipeline<nn::signal::KeywordFrames, nn::signal::KeywordSpectrum, Net> pipeline{parameters};
void run() { pipeline.process({}, [](auto) {}); }
