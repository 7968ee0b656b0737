// Decision: the class that a network's outputs, or a target, stand for: the largest of several, or above or below the
// threshold for one.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <span>

namespace nn {

template <class Number, std::size_t Count>
constexpr std::size_t decision(std::span<const Number, Count> y, Number threshold) {
  if constexpr (Count == 1) return y[0] >= threshold ? 1 : 0;
  std::size_t best = 0;
  for (std::size_t i = 1; i < Count; ++i)
    if (y[i] > y[best]) best = i;
  return best;
}

}  // namespace nn
