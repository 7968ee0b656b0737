// What must hold of a model beyond its bytes; throws Failure where it does not.
#pragma once

#include "tools/tflite/model.hpp"

namespace tools::tflite {

// The graph: indices, who writes and who reads a tensor, in order.
void check_graph(const Model& model);

// Inputs, options, types and shapes of one operator whose tensors are known to exist. False: the operator is of no kind that
// is checked there. They complete what a file may leave to shapes: depth_multiplier, an axis from behind, and where slices begin.
bool check_weights(Model& model, std::size_t index);
bool check_movement(Model& model, std::size_t index);
bool check_state(Model& model, std::size_t index);
bool check_shapes(Model& model, std::size_t index);

}  // namespace tools::tflite
