// Column: what the numbers of one column are like, missing ones (NaN) left out.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tools {

struct Column {
  double least, most, mean, deviation;

  // Whether it tells nothing apart: its numbers are equal, or differ by less than float resolves beside their mean, or can scale.
  bool constant() const;
};

// Of rows of a table of `width` columns; of no numbers all is 0.
std::vector<Column> columns_of(std::span<const float> table, std::size_t width, std::span<const std::size_t> rows);

}  // namespace tools
