// Blocks: how SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND divide an image.
#pragma once

#include "tools/import/node.hpp"

namespace tools::importer {

struct Blocks {
  int height, width;               // of a block
  int top, bottom, left, right;    // rows and columns of padding, or that are left out
};

// From inputs 1 and 2 of such an operator, on three dimensions (rows of one column) or four.
Blocks blocks(const Node& node);

}  // namespace tools::importer
