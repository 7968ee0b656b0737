// Saving: what removing constants leaves of a network, counted and in sentences.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tools/import/removal.hpp"

namespace tools::importer {

struct Saving {
  struct Size {
    std::size_t operators = 0;
    std::int64_t products = 0;
    std::int64_t weights = 0;  // bytes
  };
  // Of one kind of operator.
  struct Channels {
    std::int32_t all = 0;
    std::int32_t constant = 0;
  };

  explicit Saving(const Network& network) : before{size(network)} {}

  void prove(const Network& network, const Intervals& intervals, const Removal& removal);
  std::vector<std::string> sentences(const Network& after) const;

  static Size size(const Network& network);

  int clamps = 0;

 private:
  Size before;
  std::array<Channels, 4> channels;  // of pointwise, other and depthwise convolutions, and of fully connected layers
  std::int32_t gone = 0;             // channels
};

}  // namespace tools::importer
