// MatMulInteger and ConvInteger: sums of products of codes with their zero points taken off, in 32 bits. The zero point of the
// input may be computed.
#include <algorithm>

#include "tools/import/node.hpp"
#include "tools/onnx/codes.hpp"
#include "tools/onnx/operators/dense.hpp"
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

namespace {

constexpr std::initializer_list<DataType> bytes{DataType::uint8, DataType::int8};

// Input i as int8, without regard to a scale.
int plain_codes(const Node& node, std::size_t i) {
  node.require_type(i, bytes);
  const Value& value = node.value(i);
  node.require(value.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  if (!node.is_constant(i) && node.tensor(value.tensor).type == Type::int8) return value.tensor;
  return coded(node, value, Codes{value.type, {1.0f}, {0}});
}

std::vector<std::int8_t> constant_codes(const Node& node, std::size_t i) {
  node.require_constant(i);
  Value value = node.value(i);
  node.require(value.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  value.tensor = plain_codes(node, i);
  return importer::numbers<std::int8_t>(node.tensor(node.in(value, in_order(value.shape.size()))));
}

int constant(const Node& node, const std::vector<std::int8_t>& codes, const Shape& shape) {
  return node.whole_graph.add_constant(Type::int8, shape, {codes.begin(), codes.end()});
}

// Of input i, which inputs 2 and 3 belong to: what stands for 0 where there is none.
std::int8_t usual_zero(const Node& node, std::size_t i) { return node.value(i).type == DataType::uint8 ? -128 : 0; }

int zero_of_input(const Node& node) {
  if (!node.has(2)) return constant(node, {usual_zero(node, 0)}, {});
  if (node.value(2).type != node.value(0).type)
    node.refuse(node.input_name(2) + " is of another type than its input 0", "the same");
  if (node.value(2).count() != 1) node.refuse(text(node.input_name(2), " holds ", node.value(2).count(), " zero points"), "one");
  return plain_codes(node, 2);
}

// One for each output.
std::vector<std::int8_t> zeros_of_weights(const Node& node, int outputs) {
  std::vector<std::int8_t> zeros{usual_zero(node, 1)};
  if (node.has(3)) {
    if (node.value(3).type != node.value(1).type)
      node.refuse(node.input_name(3) + " is of another type than its input 1", "the same");
    zeros = constant_codes(node, 3);
  }
  if (zeros.size() == 1) zeros.assign(static_cast<std::size_t>(outputs), zeros[0]);
  if (zeros.size() != static_cast<std::size_t>(outputs))
    node.refuse(text(node.input_name(3), " holds ", zeros.size(), " zero points"), text("one, or ", outputs));
  return zeros;
}

// Of images x, with weights [outputs][height][width][channels].
int sums(const Node& node, int x, int weight, Attributes attributes) {
  const int outputs = node.tensor(weight).shape[0];
  std::vector<int> inputs{x, weight, zero_of_input(node)};
  if (const std::vector<std::int8_t> zeros = zeros_of_weights(node, outputs);
      std::ranges::any_of(zeros, [](int zero) { return zero != 0; }))
    inputs.push_back(constant(node, zeros, {outputs}));
  return node.emit("sums_2d", inputs, std::move(attributes), Type::int32);
}

void translate_matmul(Node& node) {
  node.require_inputs(2, 4);
  node.require_rank(1, 2, 2);
  const std::vector<std::int8_t> stated = constant_codes(node, 1);
  const Shape& w = node.value(1).shape;
  Value x = node.value(0);
  if (x.shape.empty() || x.shape.back() != w[0]) node.refuse(text("multiplies ", x.shape, " by ", w), "matrices that fit");
  x.tensor = plain_codes(node, 0);
  const auto depth = static_cast<std::size_t>(w[0]), outputs = static_cast<std::size_t>(w[1]);
  const DenseRows rows = dense_rows(node, x, outputs);
  std::vector<std::int8_t> weight;
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t i : rows.order) weight.push_back(stated[i * outputs + o]);
  const int count = node.tensor(rows.matrix).shape[0];
  Value made = rows.y;
  made.type = DataType::int32;
  const int y = sums(node, node.whole_graph.reshaped(node.index, rows.matrix, {1, count, 1, w[0]}),
                     constant(node, weight, {w[1], 1, 1, static_cast<int>(depth)}), {});
  made.tensor = node.whole_graph.reshaped(node.index, y, {count, w[1]});
  node.define(0, made);
}

void translate_conv(Node& node) {
  node.require_inputs(2, 4);
  node.require_type(1, bytes);
  Value x = node.value(0), weight = node.value(1);
  const Shape w = weight.shape;
  const std::int64_t groups = node.whole("group", 1, 1, 65535);
  if (x.shape.size() < 3 || x.shape.size() > 4 || w.size() != x.shape.size() || x.shape[1] != w[1] * groups || w[0] % groups != 0)
    node.refuse(text("has weights of ", w, " in ", groups, " groups for ", x.shape), "outputs and channels in equal groups");
  weight.tensor = constant(node, constant_codes(node, 1), w);
  if (w.size() == 3) weight.shape = {w[0], w[1], 1, w[2]};
  Windows of = windows(node, x, {w.begin() + 2, w.end()});
  x.tensor = plain_codes(node, 0);
  const int from = image(node, x);
  node.require(padded(node, from, of, false, 0) == from, "pads by as much as its windows reach", "less");
  Value made = of_image(node, x, sums(node, from, node.in(weight, {0, 2, 3, 1}), of.attributes()));
  made.type = DataType::int32;
  node.define(0, made);
}

const OperatorKind matmul{"MatMulInteger", translate_matmul}, conv{"ConvInteger", translate_conv};

}  // namespace

}  // namespace tools::onnx
