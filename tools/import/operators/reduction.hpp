// What operators share that make one number of those along some dimensions.
#pragma once

#include "nn/graph/window.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

void check_reduction(const Node& node);

// Windows over the whole height, width or both of an image.
nn::graph::Window reduced(const Node& node);

}  // namespace tools::importer
