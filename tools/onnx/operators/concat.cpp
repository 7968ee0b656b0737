// Concat: of codes by tables, if a QuantizeLinear is behind it.
#include <algorithm>

#include "tools/onnx/operator_kind.hpp"
#include "tools/onnx/operators/parts.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  node.require_inputs(1, std::max<std::size_t>(1, node.data.inputs.size()));
  node.require_same_types();
  std::vector<Value> parts;
  bool codes = true;
  for (std::size_t i = 0; i < node.data.inputs.size(); ++i) {
    if (!node.has(i)) node.refuse(text("lacks its input ", i), "a tensor");
    codes = codes && is_coded(node, node.value(i));
  }
  const std::optional<Target> to = codes ? absorbed_target(node) : std::nullopt;
  for (std::size_t i = 0; i < node.data.inputs.size(); ++i) parts.push_back(to ? requantized(node, i, to->codes) : node.input(i));
  node.define(0, joined_values(node, parts, node.whole("axis", 1)));
}

const OperatorKind concat{"Concat", translate};

}  // namespace

}  // namespace tools::onnx
