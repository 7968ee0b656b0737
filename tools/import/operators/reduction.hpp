// What operators share that make one number of those along some dimensions.
#pragma once

#include "nn/graph/reduction.hpp"
#include "nn/graph/window.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

void check_reduction(const Node& node);

// Does it run over the height, the width or both of an image, for which there are faster kernels?
bool reduces_image(const Node& node);
// The windows that it then reads.
nn::graph::Window reduced_image(const Node& node);

// Any other.
nn::graph::Reduction reduction(const Node& node);

}  // namespace tools::importer
