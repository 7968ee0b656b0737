// Elementwise: what operators share that work number by number, on values whose shapes are repeated to go together.
#pragma once

#include "tools/import/broadcast_shape.hpp"
#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

// Inputs on their way through one operator: tensors of the model whose shapes go together as the importer has it.
struct Together {
  Value result;  // without a tensor yet
  std::vector<int> tensors;
};
Together together(const Node& node, const std::vector<Value>& values);

// The shape of their result.
using importer::broadcast_shape;

// `kind` on two values.
Value combined(const Node& node, const std::string& kind, const Value& a, const Value& b, Attributes attributes = {});

// `kind` on one.
Value applied(const Node& node, const std::string& kind, const Value& x, Attributes attributes = {});

// "softmax" or "log_softmax" along an axis; flattens: as before opset 13, everything from the axis on is one vector.
Value softmax(const Node& node, const Value& x, std::int64_t axis, bool flattens, const std::string& kind);

// A value of constants.
Value constant_of(const Node& node, const std::vector<float>& values, const Shape& shape);

// What a Relu or a Clip behind a node leaves of its numbers, which is absorbed as far as the importer can fuse it: the word for
// its attribute "activation".
std::string absorbed_activation(Node& node);

// The limits of a Clip or a Relu; infinite where there are none. Nothing: it is another operator, or they are not known.
struct Between {
  float least = -std::numeric_limits<float>::infinity(), most = std::numeric_limits<float>::infinity();
};
std::optional<Between> limits_of(const Node& node);

}  // namespace tools::onnx
