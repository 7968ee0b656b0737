// TensorRange: between which numbers a tensor of a network stays, with 0 between them.
#pragma once

namespace tools {

struct TensorRange {
  float low = 0, high = 0;
};

}  // namespace tools
