#include "tools/import/operators/weights.hpp"

namespace tools::importer {

void check_weights(const Node& node, int channels, int dimension, const Weighted& of) {
  node.require_type(of.x, {Type::float32, Type::int8, Type::int16, Type::uint8});
  const Type type = node.input(of.x).type;
  const Tensor& w = node.input(of.weight);
  if (type == Type::float32 && w.type != Type::float32)
    node.refuse(
        text(node.input_label(of.weight), " is ", name(w.type), " behind an input of float32, a dynamic-range (hybrid) model"),
        "float32 weights (convert without optimizations), or all of it int8 (convert with a representative dataset)");
  if (node.output().type != Type::unknown && node.output().type != type)
    node.refuse(text("makes ", name(node.output().type), " of ", name(type)), name(type));
  node.set_output_type({type});
  if (type == Type::int8) node.require_type(of.weight, {Type::int8, Type::int4});
  if (type == Type::int16) node.require_type(of.weight, {Type::int8});
  if (type == Type::uint8) node.require_type(of.weight, {Type::uint8});
  if (w.quantization.scale.size() > 1 && w.quantization.dimension != dimension)
    node.refuse(text(node.input_label(of.weight), " has scales along dimension ", w.quantization.dimension),
                text(dimension, ", that of the output channels"));
  if (!node.has_input(of.bias)) return;
  if (type == Type::float32) node.require_type(of.bias, {Type::float32});
  else if (type == Type::int16) node.require_type(of.bias, {Type::int32, Type::int64});
  else node.require_type(of.bias, {Type::int32});
  if (element_count(node.input(of.bias).shape) != channels)
    node.refuse(text(node.input_label(of.bias), " has the shape ", node.input(of.bias).shape),
                text(channels, ", the output channels"));
}

void require_weights(const Node& node, std::size_t i) {
  node.require_constant(i, "weights");
  for (std::int64_t zero_point : node.input(i).quantization.zero_point)
    if (zero_point != 0) node.refuse(text("has weights with the zero point ", zero_point), "0");
}

std::vector<std::int8_t> weights(const Node& node, std::size_t i) {
  require_weights(node, i);
  const Tensor& tensor = node.input(i);
  if (tensor.type == Type::int8) return numbers<std::int8_t>(tensor);
  std::vector<std::int8_t> values;
  for (std::int64_t k = 0; k < element_count(tensor.shape); ++k) {
    const std::uint8_t pair = tensor.data[static_cast<std::size_t>(k / 2)];
    values.push_back(static_cast<std::int8_t>(static_cast<std::int8_t>(k % 2 == 0 ? pair << 4 : pair & 0xf0) >> 4));
  }
  return values;
}

void require_one_group(const Node& node) {
  const int channels = node.input(0).shape.back(), read = node.input(1).shape.back();
  if (read != channels)
    node.refuse(text("is a grouped convolution: weights for ", read, " channels of ", channels), "as many as the input has");
}

std::vector<Scale> weight_scales(const Node& node, const Weighted& of, bool rounded) {
  const std::vector<float>& of_weights = quantization(node.input(of.weight)).scale;
  std::vector<Scale> list;
  for (float weight : of_weights) {
    const double product = static_cast<double>(scale(node.input(of.x))) * static_cast<double>(weight);
    const double taken = rounded && of_weights.size() == 1 ? static_cast<double>(static_cast<float>(product)) : product;
    list.push_back(fixed_scale(taken / static_cast<double>(scale(node.output()))));
  }
  return list;
}

std::vector<float> float_scales(const Node& node, const Weighted& of) {
  std::vector<float> list;
  for (float weight : quantization(node.input(of.weight)).scale)
    list.push_back(scale(node.input(of.x)) * weight / scale(node.output()));
  return list;
}

void require_same_quantization(const Node& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.quantization.scale.empty() && y.quantization.scale.empty()) return;
  node.require(scale(x) == scale(y) && zero(x) == zero(y), "changes the scale", "the same scale and zero point on both sides");
}

void require_symmetric(const Node& node, const Tensor& tensor) {
  if (zero(tensor) != 0) node.refuse(text("has the zero point ", zero(tensor), " on int16"), "0");
}

void require_sum(const Node& node, std::int64_t count) {
  const std::int64_t most = (1 << 30) / (highest(node.input().type) + 1);
  if (count > most) node.refuse(text("sums up ", count, " numbers"), text("at most ", most));
}

}  // namespace tools::importer
