// Equal, Less, Greater, LessOrEqual and GreaterOrEqual; And, Or and Not of what is known beforehand.
#include "tools/import/node.hpp"
#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

void compare(Node& node, const char* kind) {
  node.require_inputs(2, 2);
  node.require_type(0, {DataType::float32, DataType::int64, DataType::int32});
  node.require_same_types();
  Together made = together(node, {node.input(0), node.input(1)});
  made.result.tensor = node.emit(kind, made.tensors, {}, Type::boolean);
  made.result.type = DataType::boolean;
  node.define(0, made.result);
}

// Truth values of a constant, as many as the other input has.
std::vector<std::uint8_t> truths(const Node& node, std::size_t i) {
  node.require_type(i, {DataType::boolean});
  node.require_constant(i);
  const Value& of = node.value(i);
  node.require(of.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  return node.tensor(node.in(of, in_order(of.shape.size()))).data;
}

void combine(Node& node) {
  const std::string& operation = node.data.operation;
  const std::size_t inputs = operation == "Not" ? 1 : 2;
  node.require_inputs(inputs, inputs);
  std::vector<std::uint8_t> made = truths(node, 0);
  if (inputs == 2) {
    const std::vector<std::uint8_t> with = truths(node, 1);
    if (node.value(0).shape != node.value(1).shape)
      node.refuse(text("has inputs of ", node.value(0).shape, " and ", node.value(1).shape), "equal shapes");
    for (std::size_t i = 0; i < made.size(); ++i)
      made[i] = operation == "And" ? made[i] != 0 && with[i] != 0 : made[i] != 0 || with[i] != 0;
  } else {
    for (std::uint8_t& each : made) each = each == 0;
  }
  Value result = node.value(0);
  result.layout = natural(result.shape);
  result.tensor = node.whole_graph.add_constant(Type::boolean, result.shape, std::move(made));
  node.define(0, result);
}

const OperatorKind equal{"Equal", [](Node& node) { compare(node, "equal"); }};
const OperatorKind less{"Less", [](Node& node) { compare(node, "less"); }};
const OperatorKind greater{"Greater", [](Node& node) { compare(node, "greater"); }};
const OperatorKind less_equal{"LessOrEqual", [](Node& node) { compare(node, "less_equal"); }};
const OperatorKind greater_equal{"GreaterOrEqual", [](Node& node) { compare(node, "greater_equal"); }};
const OperatorKind both{"And", combine}, either{"Or", combine}, opposite{"Not", combine};

}  // namespace

}  // namespace tools::onnx
