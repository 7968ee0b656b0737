// DynamicQuantizeLinear: codes without a sign, which lie 128 lower inside, and a scale and a zero point that are computed.
#include "tools/onnx/codes.hpp"
#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  const Value x = node.input();
  node.require(x.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  const importer::Quantization plain = Codes{DataType::uint8, {1.0f}, {0}}.inside();
  const std::vector<int> made = node.whole_graph.emit(node.index, "dynamic_quantize", {x.tensor}, {},
                                                      {Type::int8, Type::float32, Type::int8}, {plain, std::nullopt, plain});
  Value codes = x;
  codes.type = DataType::uint8;
  codes.tensor = made[0];
  node.define(0, codes);
  node.define(1, Value{.shape = {}, .type = DataType::float32, .layout = {}, .tensor = made[1]});
  node.define(2, Value{.shape = {}, .type = DataType::uint8, .layout = {}, .tensor = made[2]});
}

const OperatorKind kind{"DynamicQuantizeLinear", translate};

}  // namespace

}  // namespace tools::onnx
