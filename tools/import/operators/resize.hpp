// What the two ways of resizing an image share.
#pragma once

#include "tools/import/operators/windows.hpp"

namespace tools::importer {

inline void check_resize(const Node& node) {
  node.require_inputs(2, 2);
  node.set_output_type({node.input().type});
  node.require_one_scale(0);
  node.require_rank(0, 4);
  const std::vector<std::int64_t> size = node.constant(1);
  if (size.size() != 2) node.refuse(text(node.input_label(1), " has ", size.size(), " numbers"), "a height and a width");
  node.require(!node.flag("align_corners") || !node.flag("half_pixel_centers"), "has align_corners and half_pixel_centers",
               "one of them");
  node.set_output({node.input().shape[0], Node::extent(size[0]), Node::extent(size[1]), node.input().shape[3]});
}

}  // namespace tools::importer
