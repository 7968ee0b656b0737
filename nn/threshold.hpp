// Threshold<Beyond>: where errors of what is normal end, found while they pass and none is stored: of all errors seen, so many
// lie at it or beyond. Of `count` errors it is the percentile 100·(1 - Beyond / count).
//
//   Threshold<5> threshold;                          the 99th percentile of 500
//   for (…) threshold.add(error);
//   bool odd = threshold.is_beyond(error);           also of a NaN
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <utility>

#include "nn/number/bits.hpp"

namespace nn {

template <std::size_t Beyond>
class Threshold {
  static_assert(Beyond > 0, "nn::Threshold<Beyond>: at least one error lies at the threshold or beyond");

 public:
  // A NaN or an infinity does not count as an error of what is normal.
  constexpr void add(float error) {
    if (!Bits<float>::is_finite(error)) return;
    if (seen < Beyond) largest[seen++] = error;
    else if (error > largest[0]) largest[0] = error;
    else return;
    // The least of them stands first.
    for (std::size_t i = 1; i < seen; ++i)
      if (largest[i] < largest[0]) std::swap(largest[0], largest[i]);
  }

  // Nothing lies beyond it before there are so many errors.
  constexpr float value() const { return seen < Beyond ? std::numeric_limits<float>::max() : largest[0]; }
  constexpr bool is_beyond(float error) const { return !(Bits<float>::is_finite(error) && error <= value()); }

 private:
  std::array<float, Beyond> largest{};
  std::size_t seen = 0;
};

}  // namespace nn
