// Removal: which channels of a network's tensors need not be computed, since they are constant and can become part of a bias,
// or since nothing reads them.
#pragma once

#include <vector>

#include "tools/import/intervals.hpp"

namespace tools::importer {

struct Removal {
  std::vector<std::vector<bool>> kept;   // [tensor][channel]
  std::vector<std::vector<bool>>
      blank;  // [tensor][channel]: its code does not depend on what it reads: constant, or read by nobody

  std::int32_t count(int tensor) const;  // of those that are kept
};

// What is kept of a tensor is a multiple of four channels, if it has so many: words of four codes.
Removal removal(const Network& network, const Intervals& intervals);

}  // namespace tools::importer
