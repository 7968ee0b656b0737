// What must hold of a model beyond its bytes. Both throw Failure.
#pragma once

#include "tools/tflite/model.hpp"

namespace tools::tflite {

// The graph: indices, who writes and who reads a tensor, in order.
void check_graph(const Model& model);

// Inputs, options, types and shapes of one operator whose tensors are known to exist; operators that check_operator.cpp does
// not list are taken as they are. Completes what the file may leave to shapes: depth_multiplier, and an axis from behind.
void check_operator(Model& model, std::size_t index);

}  // namespace tools::tflite
