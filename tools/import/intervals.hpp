// Intervals: between which codes each channel of each tensor lies, whatever the inputs. Interval arithmetic from operator to
// operator: each input on its own lies anywhere in its interval, and requantization, which is monotone, is done at both ends.
//
// At the image's edge a window's missing taps hold the zero point; every way in which a window can lie over the edge counts.
#pragma once

#include "tools/import/interval.hpp"
#include "tools/import/network.hpp"

namespace tools::importer {

struct Intervals {
  std::vector<std::vector<Interval>> codes;  // [tensor][channel], as passage.hpp counts them
  std::vector<Interval> unclamped;           // [operator]: of all its codes before its range cuts them

  std::vector<std::int32_t> channels(const std::vector<int>& tensors) const;
  // Of channel `c`, where the tensor is read as [elements / channels][channels].
  Interval at(int tensor, std::int32_t c, std::int32_t channels) const;
};

Intervals intervals(const Network& network);

// Are all of these tensors int8?
bool quantized(const Network& network, const Applied& applied);

}  // namespace tools::importer
