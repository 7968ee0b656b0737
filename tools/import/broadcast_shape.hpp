// broadcast_shape: the shape of what two tensors give, number by number. Extents are compared from the last; one that is 1 or
// lacking goes with any. A node of either format refuses the rest.
#pragma once

#include <algorithm>
#include <cstddef>

#include "tools/data/text.hpp"
#include "tools/import/model.hpp"

namespace tools::importer {

template <class Node>
Shape broadcast_shape(const Node& node, const Shape& a, const Shape& b) {
  Shape y(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 1; i <= y.size(); ++i) {
    const int from_a = i <= a.size() ? a[a.size() - i] : 1, from_b = i <= b.size() ? b[b.size() - i] : 1;
    if (from_a != from_b && from_a != 1 && from_b != 1)
      node.refuse(text("has inputs of ", a, " and ", b), "shapes that are equal, but for extents of 1");
    y[y.size() - i] = std::max(from_a, from_b);
  }
  return y;
}

}  // namespace tools::importer
