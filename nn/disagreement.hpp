// Disagreement: how far two outputs lie apart, as a share of the largest number that is expected.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>
#include <limits>

namespace nn {

// max |found[i] - expected[i]| / max |expected[i]|; what is expected to be all 0 counts as 1. Infinite if anything is no number.
template <std::size_t Count>
constexpr float disagreement(const std::array<float, Count>& found, const std::array<float, Count>& expected) {
  const auto size = [](float number) { return number < 0 ? -number : number; };
  float difference = 0, largest = 0;
  for (std::size_t i = 0; i < Count; ++i) {
    const float apart = size(found[i] - expected[i]);
    if (!(apart <= std::numeric_limits<float>::max())) return std::numeric_limits<float>::infinity();
    difference = apart > difference ? apart : difference;
    largest = size(expected[i]) > largest ? size(expected[i]) : largest;
  }
  return largest == 0 ? difference : difference / largest;
}

}  // namespace nn
