// Parts of values, and values made of parts: along one dimension, or a piece of several.
#pragma once

#include <vector>

#include "tools/onnx/node.hpp"

namespace tools::onnx {

// From `begin` on, `count` numbers `step` apart along each dimension.
struct Part {
  std::int64_t begin, count, step;
};

std::vector<Part> whole_parts(const Value& x);
Value part_of(const Node& node, const Value& x, const std::vector<Part>& parts);

// Values one behind the other along an axis.
Value joined_values(const Node& node, const std::vector<Value>& parts, std::int64_t axis);

// Where a dimension stands in an order.
std::size_t place_of(const Order& order, std::size_t dimension);

}  // namespace tools::onnx
