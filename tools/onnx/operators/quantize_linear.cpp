// QuantizeLinear and DequantizeLinear. A DequantizeLinear moves nothing: its output is the codes, which stand for real numbers,
// until an operator wants these themselves. So what stands between the two can be one layer on codes.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

namespace {

// Along an axis, of codes that are computed: in float.
Value by_axis(const Node& node, const Codes& codes) {
  const Value x = node.value(0);
  Shape along(x.shape.size(), 1);
  along[codes.axis] = static_cast<int>(codes.scale.size());
  const std::vector<float> zero(codes.zero.begin(), codes.zero.end());
  const Value difference = combined(node, "sub", whole_numbers_of(node, 0, 0), constant_of(node, zero, along));
  return combined(node, "mul", difference, constant_of(node, codes.scale, along));
}

void translate_dequantize(Node& node) {
  node.require_inputs(2, 3);
  node.require_type(0, {DataType::uint8, DataType::int8, DataType::int16, DataType::int32});
  node.require(node.whole("block_size", 0) == 0, "has scales of blocks", "one scale, or one for each index along an axis");
  node.ignore({"output_dtype"});
  const Value x = node.value(0);
  Codes codes = stated_codes(node, 1, 2, x.type);
  if (codes.type != x.type) node.refuse(node.input_name(2) + " is " + name(codes.type), name(x.type));
  const std::int64_t axis = node.whole("axis", 1);
  if (codes.scale.size() > 1) {
    codes.axis = node.axis(axis, x.shape.size());
    if (x.shape[codes.axis] != static_cast<int>(codes.scale.size()))
      node.refuse(text("has ", codes.scale.size(), " scales for ", x.shape, " along dimension ", codes.axis),
                  "one for each index");
  }
  if (node.is_constant(0)) return node.define(0, coded_value(node, 0, codes));
  if (codes.scale.size() > 1 || x.type == DataType::int32) {
    if (codes.scale.size() == 1 && x.shape.empty()) codes.axis = 0;
    return node.define(
        0, x.shape.empty() ? combined(node, "mul", whole_numbers_of(node, 0, codes.zero[0]), constant_of(node, codes.scale, {}))
                           : by_axis(node, codes));
  }
  node.define(0, coded_value(node, 0, codes));
}

void translate_quantize(Node& node) {
  node.require_inputs(2, 3);
  node.require_type(0, {DataType::float32});
  node.require(node.whole("block_size", 0) == 0, "has scales of blocks", "one scale");
  node.ignore({"axis", "saturate", "precision"});
  const auto type = static_cast<DataType>(node.whole("output_dtype", static_cast<std::int64_t>(DataType::uint8), 0, 64));
  const Codes codes = stated_codes(node, 1, 2, type == DataType::undefined ? DataType::uint8 : type);
  if (codes.scale.size() != 1) node.refuse(text(node.input_name(1), " holds ", codes.scale.size(), " scales"), "one");
  if (codes.type != DataType::uint8 && codes.type != DataType::int8 && codes.type != DataType::int16)
    node.refuse("makes " + name(codes.type), "uint8, int8 or int16");
  node.define(0, is_coded(node, node.value()) ? requantized(node, 0, codes) : quantized(node, node.input(), codes));
}

const OperatorKind dequantize{"DequantizeLinear", translate_dequantize}, quantize{"QuantizeLinear", translate_quantize};

}  // namespace

}  // namespace tools::onnx
