// Normalization: what is done to the numbers of a row before they go in, (raw - mean)·scale, as nn::StoredNormalization<Count>
// has it, with a count that is known at run time alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "nn/normalization.hpp"
#include "nn/store/image.hpp"

namespace tools {

struct Normalization {
  std::vector<float> mean, scale;  // one for all numbers, or for each; none: they stay as they are

  std::size_t count() const { return mean.size(); }

  // Number i of a row, by the very code that a device runs.
  float of(float raw, std::size_t i) const {
    if (count() == 0) return raw;
    const std::size_t k = count() == 1 ? 0 : i;
    return nn::Normalization<1>{{mean[k]}, {scale[k]}}.of(raw, 0);
  }

  // Back again, in double.
  double undone(double value, std::size_t i) const;
};

template <class Number>
void normalize_row(const Normalization& normalization, std::span<const float> raw, std::span<Number> x) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = nn::number<Number>(normalization.of(raw[i], i));
}

// From an image, and to one.
template <std::size_t Count>
Normalization loaded(const nn::StoredNormalization<Count>& stored) {
  return {{stored.mean.begin(), stored.mean.begin() + stored.count}, {stored.scale.begin(), stored.scale.begin() + stored.count}};
}
template <std::size_t Count>
nn::StoredNormalization<Count> stored(const Normalization& normalization) {
  nn::StoredNormalization<Count> made;
  made.count = static_cast<std::uint32_t>(normalization.count());
  std::copy(normalization.mean.begin(), normalization.mean.end(), made.mean.begin());
  std::copy(normalization.scale.begin(), normalization.scale.end(), made.scale.begin());
  return made;
}

}  // namespace tools
