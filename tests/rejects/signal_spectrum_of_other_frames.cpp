// error: nn::signal::Spectrum: frames have another size than the window
#include "nn/signal/keyword_features.hpp"

constexpr auto bins = nn::signal::KeywordSpectrum::Bound<float, 400>::outputs;
