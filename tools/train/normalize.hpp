// Normalizations found from training data.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "nn/store/image.hpp"
#include "tools/data/dataset.hpp"

namespace tools {

// none; scale: divide everything by the largest magnitude; standard: to mean 0 and deviation 1 for each feature (a feature
// that never changes becomes 0).
template <std::size_t Inputs>
nn::StoredNormalization<Inputs> find_normalization(const std::string& kind, const Dataset& data) {
  nn::StoredNormalization<Inputs> found;
  if (kind == "scale") {
    float largest = 0;
    for (float value : data.values) largest = std::max(largest, std::abs(value));
    found.count = 1;
    found.scale[0] = largest > 0 ? 1 / largest : 1;
  }
  if (kind == "standard") {
    found.count = Inputs;
    const double n = static_cast<double>(data.size());
    for (std::size_t i = 0; i < Inputs; ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < data.size(); ++k) sum += static_cast<double>(data.row(k)[i]);
      const double mean = sum / n;
      double squares = 0;
      for (std::size_t k = 0; k < data.size(); ++k) squares += std::pow(static_cast<double>(data.row(k)[i]) - mean, 2);
      const double deviation = std::sqrt(squares / n);
      found.mean[i] = static_cast<float>(mean);
      found.scale[i] = deviation > 0 ? static_cast<float>(1 / deviation) : 1;
    }
  }
  return found;
}

}  // namespace tools
