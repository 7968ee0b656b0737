// What must hold of a model beyond its bytes. Both throw Failure.
#pragma once

#include "tools/tflite/model.hpp"

namespace tools::tflite {

// The graph: indices, who writes and who reads a tensor, in order.
void check_graph(const Model& model);

// Inputs, options, types and shapes of one operator whose tensors are known to exist; those not in check_operator.cpp are
// taken as they are.
void check_operator(const Model& model, std::size_t index);

// How many bytes a shape of a type takes (int4: two in a byte); 0 for Type::other.
std::uint64_t byte_count(Type type, const std::vector<int>& shape);

}  // namespace tools::tflite
