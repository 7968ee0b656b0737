// error: nn::signal::Mel: the spectrum has another number of bins
#include "nn/signal/keyword_features.hpp"

constexpr auto channels = nn::signal::KeywordMel::Bound<float, 513>::outputs;
