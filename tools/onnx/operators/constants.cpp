// Constant, ConstantOfShape, Shape, Size, Cast, Identity and Dropout.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

Value whole_numbers(const Node& node, const std::vector<std::int64_t>& values, const Shape& shape) {
  Value made{.shape = shape, .type = DataType::int64, .layout = natural(shape)};
  std::vector<std::int64_t> bounded = values;
  for (std::int64_t& value : bounded)
    value = std::clamp<std::int64_t>(value, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max());
  if (!bounded.empty()) made.tensor = node.whole_graph.reshaped(node.index, node.constant(bounded), shape);
  return made;
}

void translate_constant(Node& node) {
  node.require_inputs(0, 0);
  node.require(node.data.attributes.size() == 1, text("has ", node.data.attributes.size(), " attributes"), "one, its value");
  if (const Attribute* value = node.attribute("value")) {
    node.require(value->kind == AttributeKind::tensor, "has a value that is no tensor", "a tensor");
    return node.define(0, constant_value(node.whole_graph, value->tensor));
  }
  if (node.has_attribute("value_int")) return node.define(0, whole_numbers(node, {node.whole("value_int", 0)}, {}));
  if (node.has_attribute("value_ints")) {
    const std::vector<std::int64_t> values = node.list("value_ints");
    return node.define(0, whole_numbers(node, values, {static_cast<int>(values.size())}));
  }
  if (node.has_attribute("value_float")) return node.define(0, constant_of(node, {node.real("value_float", 0)}, {}));
  if (const Attribute* values = node.attribute("value_floats"); values != nullptr && !values->reals.empty())
    return node.define(0, constant_of(node, values->reals, {static_cast<int>(values->reals.size())}));
  node.refuse("has no value of numbers", "value, value_int, value_ints, value_float or value_floats");
}

constexpr std::int64_t most_numbers = 1 << 20;

void translate_constant_of_shape(Node& node) {
  node.require_inputs(1, 1);
  TensorData data{.name = "", .type = DataType::float32, .shape = node.integers(0), .bytes = {0, 0, 0, 0}};
  std::int64_t count = 1;
  for (std::int64_t extent : data.shape) {
    if (extent < 0 || extent > most_numbers || (count *= extent) > most_numbers)
      node.refuse(text("makes a tensor with the extent ", extent), text("at most ", most_numbers, " numbers"));
  }
  node.require(data.shape.size() <= 8, text("makes ", data.shape.size(), " dimensions"), "at most 8");
  if (const Attribute* value = node.attribute("value")) {
    const std::size_t size = bytes_of(value->tensor.type);
    node.require(value->kind == AttributeKind::tensor && size > 0 && value->tensor.bytes.size() == size,
                 "has a value that is not one number", "a tensor of one number");
    data.type = value->tensor.type;
    data.bytes = value->tensor.bytes;
  }
  const std::vector<std::uint8_t> one = data.bytes;
  data.bytes.clear();
  for (std::int64_t i = 0; i < count; ++i) data.bytes.insert(data.bytes.end(), one.begin(), one.end());
  node.define(0, constant_value(node.whole_graph, data));
}

void translate_shape(Node& node) {
  node.require_inputs(1, 1);
  const Shape& shape = node.value().shape;
  const auto rank = static_cast<std::int64_t>(shape.size());
  const auto bounded = [rank](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank); };
  const std::int64_t first = bounded(node.whole("start", 0)), end = bounded(node.whole("end", rank));
  std::vector<std::int64_t> extents;
  for (std::int64_t d = first; d < end; ++d) extents.push_back(shape[static_cast<std::size_t>(d)]);
  node.define(0, whole_numbers(node, extents, {static_cast<int>(extents.size())}));
}

void translate_size(Node& node) {
  node.require_inputs(1, 1);
  node.define(0, whole_numbers(node, {node.value().count()}, {}));
}

std::optional<Type> castable(DataType type) {
  switch (type) {
    case DataType::float32:
      return Type::float32;
    case DataType::int64:
    case DataType::int32:
      return Type::int32;
    case DataType::int16:
      return Type::int16;
    case DataType::int8:
      return Type::int8;
    case DataType::uint8:
      return Type::uint8;
    case DataType::boolean:
      return Type::boolean;
    default:
      return std::nullopt;
  }
}

// Constants of float16, bfloat16 and double have been float32 from the beginning.
void translate_cast(Node& node) {
  node.require_inputs(1, 1);
  node.ignore({"saturate", "round_mode"});
  const auto to = static_cast<DataType>(node.whole("to", 0, 0, 64));
  Value made = node.input();
  const bool known = made.tensor < 0 || node.whole_graph.is_constant(made.tensor);
  const bool narrows = to == DataType::float16 || to == DataType::bfloat16 || to == DataType::float64;
  const std::optional<Type> type = castable(to);
  if (!type || (narrows && !known)) node.refuse("casts to " + tools::onnx::name(to), "float32, whole numbers or bool");
  if (made.type == DataType::uint8 && made.tensor >= 0 && node.tensor(made.tensor).type == Type::int8)
    node.refuse("casts quantized numbers", "a DequantizeLinear");
  if (made.tensor >= 0 && node.tensor(made.tensor).type != *type) made.tensor = node.emit("cast", {made.tensor}, {}, *type);
  made.type = to;
  node.define(0, made);
}

void translate_identity(Node& node) {
  node.require_inputs(1, 1);
  node.define(0, node.value());
}

// Nothing, where it does not train.
void translate_dropout(Node& node) {
  node.require_inputs(1, 3);
  node.ignore({"ratio", "seed", "is_test"});
  if (node.has(2)) {
    node.require_constant(2);
    const std::vector<std::uint8_t>& trains = node.tensor(node.value(2).tensor).data;
    node.require(trains == std::vector<std::uint8_t>{0}, "trains", "a model that was exported to infer");
  }
  node.require(!node.has_output(1), "gives its mask", "its first output alone");
  node.define(0, node.value());
}

const OperatorKind constant{"Constant", translate_constant}, of_shape{"ConstantOfShape", translate_constant_of_shape};
const OperatorKind shape{"Shape", translate_shape}, size{"Size", translate_size}, cast{"Cast", translate_cast};
const OperatorKind identity{"Identity", translate_identity}, dropout{"Dropout", translate_dropout};

}  // namespace

}  // namespace tools::onnx
