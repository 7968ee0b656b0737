#include "tools/onnx/codes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tools/import/node.hpp"
#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

using importer::Quantization;
using importer::Tensor;

namespace {

Codes codes_of(const Node& node, std::vector<float> scale, const Value* zero, DataType type, const std::string& scale_name) {
  for (float each : scale)
    if (!std::isfinite(each) || !(each > 0)) node.refuse(text(scale_name, " holds the scale ", each), "scales above 0");
  Codes made{type, std::move(scale), {}};
  if (zero != nullptr) {
    made.type = zero->type;
    made.zero = stored_codes(node.tensor(zero->tensor));
  }
  if (made.zero.empty()) made.zero.assign(made.scale.size(), 0);
  if (made.zero.size() != made.scale.size())
    node.refuse(text("has ", made.scale.size(), " scales and ", made.zero.size(), " zero points"), "as many");
  return made;
}

}  // namespace

Quantization Codes::inside() const {
  Quantization made{scale, zero, static_cast<int>(axis)};
  for (std::int64_t& each : made.zero_point) each -= is_unsigned() ? 128 : 0;
  return made;
}

Type code_type(DataType type) {
  if (type == DataType::int16) return Type::int16;
  return type == DataType::int32 ? Type::int32 : Type::int8;
}

Codes stated_codes(const Node& node, std::size_t scale, std::size_t zero, DataType type) {
  const std::vector<float> scales = node.reals(scale);
  if (scales.empty()) node.refuse(node.input_name(scale) + " holds no scale", "at least one");
  if (node.has(zero)) {
    node.require_constant(zero);
    node.require_type(zero, {DataType::uint8, DataType::int8, DataType::int16, DataType::int32});
    if (node.value(zero).tensor < 0) node.refuse(node.input_name(zero) + " holds no zero point", "at least one");
  }
  return codes_of(node, scales, node.has(zero) ? &node.value(zero) : nullptr, type, node.input_name(scale));
}

Codes one_scale(const Node& node, std::size_t scale, std::size_t zero, DataType type) {
  const Codes made = stated_codes(node, scale, zero, type);
  if (made.scale.size() != 1) node.refuse(text(node.input_name(scale), " holds ", made.scale.size(), " scales"), "one");
  if (made.type != type) node.refuse(text(node.input_name(zero), " is ", name(made.type)), name(type));
  return made;
}

bool is_coded(const Node& node, const Value& value) {
  return !value.real && value.tensor >= 0 && node.tensor(value.tensor).type == Type::int8 &&
         node.tensor(value.tensor).quantization.scale.size() == 1;
}

int coded(const Node& node, const Value& value, const Codes& codes) {
  Translation& whole = node.whole_graph;
  if (value.tensor < 0) node.refuse("reads a tensor without numbers", "one with numbers");
  const Quantization wanted = codes.inside();
  const Tensor& now = node.tensor(value.tensor);
  if (whole.is_constant(value.tensor)) {
    if (now.type != Type::uint8 && now.quantization == wanted) return value.tensor;
    std::vector<std::uint8_t> bytes = now.data;
    if (now.type == Type::uint8)
      for (std::uint8_t& byte : bytes) byte ^= 0x80;
    const int made = whole.add_constant(code_type(codes.type), now.shape, std::move(bytes), now.name);
    whole.model.tensor(made).quantization = wanted;
    return made;
  }
  if (wanted.scale.size() != 1) node.refuse(text("reads ", wanted.scale.size(), " scales of numbers that are computed"), "one");
  if (now.type == Type::uint8) {
    whole.model.tensor(value.tensor).quantization = {codes.scale, codes.zero, 0};
    return node.emit_codes("quantize", {value.tensor}, {}, Type::int8, wanted);
  }
  if (now.quantization == wanted) return value.tensor;
  if (std::ranges::find(whole.model.inputs, value.tensor) != whole.model.inputs.end() &&
      now.quantization == Quantization{{1.0f}, {0}, 0}) {
    whole.model.tensor(value.tensor).quantization = wanted;
    return value.tensor;
  }
  if (now.type != Type::int8) node.refuse("reads codes with another scale than they were made with", "the same");
  return node.emit_codes("table", {value.tensor, code_constant(node, every_code(), {256}, {1.0f}, 0)}, {}, Type::int8, wanted);
}

Value coded_value(const Node& node, std::size_t i, const Codes& codes) {
  Value made = node.value(i);
  const std::string key = text(node.data.inputs[i], " (codes ", codes.scale[0], " ", codes.zero[0], " ", codes.scale.size(), ")");
  if (const Value* found = node.whole_graph.find(key)) return *found;
  made.tensor = coded(node, made, codes);
  made.type = DataType::float32;
  made.real = false;
  if (node.tensor(made.tensor).type == Type::int8 || node.tensor(made.tensor).type == Type::int16)
    node.whole_graph.define(key, made);
  return made;
}

Value real_value(const Node& node, const Value& coded) {
  Value made = coded;
  made.real = true;
  made.type = DataType::float32;
  made.tensor = node.whole_graph.emit(node.index, "dequantize", {coded.tensor}, {}, {Type::float32})[0];
  return made;
}

Value whole_numbers_of(const Node& node, std::size_t i, std::int64_t zero) {
  Value made = node.value(i);
  node.require(made.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  const bool shifted = made.type == DataType::uint8 && node.tensor(made.tensor).type == Type::int8;
  made.type = DataType::float32;
  made.real = true;
  made.tensor = node.emit("cast", {made.tensor}, {}, Type::float32);
  if (const std::int64_t off = zero - (shifted ? 128 : 0); off != 0)
    made = combined(node, "sub", made, constant_of(node, {static_cast<float>(off)}, {}));
  return made;
}

// The whole numbers that a tensor stores.
std::vector<std::int64_t> stored_codes(const Tensor& tensor) {
  const auto all = [&]<class Number>(Number) {
    const std::vector<Number> numbers = importer::numbers<Number>(tensor);
    return std::vector<std::int64_t>(numbers.begin(), numbers.end());
  };
  if (tensor.type == Type::int8) return all(std::int8_t{});
  if (tensor.type == Type::uint8) return all(std::uint8_t{});
  if (tensor.type == Type::int16) return all(std::int16_t{});
  return all(std::int32_t{});
}

// Which of several scales number i of this shape has.
std::size_t scale_index(const Quantization& of, const Shape& shape, std::size_t i) {
  if (of.scale.size() < 2) return 0;
  std::size_t step = 1;
  for (std::size_t d = shape.size(); --d > static_cast<std::size_t>(of.dimension);) step *= static_cast<std::size_t>(shape[d]);
  return i / step % of.scale.size();
}

std::vector<float> real_numbers(const Tensor& tensor) {
  std::vector<float> numbers;
  const std::vector<std::int64_t> codes = stored_codes(tensor);
  const Quantization& of = tensor.quantization;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::size_t at = scale_index(of, tensor.shape, i);
    numbers.push_back(static_cast<float>(codes[i] - of.zero_point[at]) * of.scale[at]);
  }
  return numbers;
}

int code_constant(const Node& node, const std::vector<std::int8_t>& codes, const Shape& shape, const std::vector<float>& scale,
                  int dimension) {
  const int made = node.whole_graph.add_constant(Type::int8, shape, {codes.begin(), codes.end()});
  node.whole_graph.model.tensor(made).quantization = {scale, std::vector<std::int64_t>(scale.size(), 0), dimension};
  return made;
}

std::vector<std::int8_t> every_code() {
  std::vector<std::int8_t> all(256);
  std::iota(all.begin(), all.end(), std::int8_t{-128});
  return all;
}

}  // namespace tools::onnx
