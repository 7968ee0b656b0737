// Tile: a value behind itself along each dimension, as often as is stated.
#include "tools/onnx/operator_kind.hpp"
#include "tools/onnx/operators/parts.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  node.require_inputs(2, 2);
  Value x = node.value();
  const std::vector<std::int64_t> repeats = node.integers(1);
  node.require(x.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  if (repeats.size() != x.shape.size())
    node.refuse(text("has ", repeats.size(), " repeats for ", x.shape), "one for each dimension");
  for (std::size_t d = 0; d < repeats.size(); ++d) {
    if (repeats[d] < 1 || repeats[d] > 65535) node.refuse(text("repeats a dimension ", repeats[d], " times"), "1 to 65535");
    if (repeats[d] > 1)
      x = joined_values(node, std::vector<Value>(static_cast<std::size_t>(repeats[d]), x), static_cast<std::int64_t>(d));
  }
  node.define(0, x);
}

const OperatorKind tile{"Tile", translate};

}  // namespace

}  // namespace tools::onnx
