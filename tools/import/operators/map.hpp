// Map: what operators on float32 share that are a function with numbers of its own.
#pragma once

#include "nn/float32/map.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

template <class Function>
void apply_map(Lowering& node, Function function) {
  node.apply(nn::float32::Map<Function>{.count = node.count(), .function = function});
}

}  // namespace tools::importer
