// Sum: between what the sums of products of a convolution or a fully connected layer lie, over all places of its window.
#pragma once

#include <vector>

#include "tools/import/interval.hpp"
#include "tools/import/rows.hpp"

namespace tools::importer {

// Which of a kernel's taps find the image: rows from top to bottom, columns from left to right, ends excluded.
struct Placement {
  std::int32_t top, bottom, left, right;
};

// Each way in which the windows lie, once.
std::vector<Placement> placements(const nn::graph::Window& window);

// Of output o without its bias; `x`: of each channel of the input. Missing taps hold the zero point.
Sum products(const Rows& rows, std::int32_t o, const std::vector<Interval>& x, const std::vector<Placement>& placements);

}  // namespace tools::importer
