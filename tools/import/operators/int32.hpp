// What the operators on whole numbers of 32 bits share.
#pragma once

#include "nn/int32/arithmetic.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

inline void apply_int32(Lowering& node, nn::graph::Combination combination) {
  nn::int32::Arithmetic made{.shape = broadcast(node), .combination = combination};
  switch (node.activation()) {
    case Activation::none: break;
    case Activation::relu: made.least = 0; break;
    case Activation::relu6: made.least = 0, made.most = 6; break;
    case Activation::relu_n1_to_1: made.least = -1, made.most = 1; break;
  }
  node.apply(made, {0, 1});
}

}  // namespace tools::importer
