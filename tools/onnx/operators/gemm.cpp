// Gemm: alpha·A·B + beta·C, either of A and B perhaps on its side.
#include <algorithm>
#include <cmath>

#include "tools/onnx/coded_layers.hpp"
#include "tools/onnx/operators/dense.hpp"
#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

// [rows][columns] of a constant as it is multiplied, or on its side.
std::vector<float> matrix(const Node& node, std::size_t i, bool on_its_side, float factor) {
  const Shape& shape = node.value(i).shape;
  const auto rows = static_cast<std::size_t>(shape[0]), columns = static_cast<std::size_t>(shape[1]);
  const std::vector<float> values = node.reals(i);
  if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); }))
    node.refuse(node.input_name(i) + " holds an infinity", "finite weights");
  std::vector<float> made(values.size());
  for (std::size_t at = 0; at < values.size(); ++at)
    made[on_its_side ? at % columns * rows + at / columns : at] = values[at] * factor;
  return made;
}

// Input 2 as biases of so many outputs, if it is one for each, or one for all; `along`: the dimension of the outputs.
std::optional<std::vector<float>> biases(const Node& node, std::size_t outputs, std::size_t along, float beta) {
  if (!node.has(2) || beta == 0) return std::vector<float>(outputs, 0.0f);
  if (!node.is_constant(2)) return std::nullopt;
  Shape shape = node.value(2).shape;
  shape.insert(shape.begin(), shape.size() < 2 ? 2 - shape.size() : 0, 1);
  if (shape.size() != 2 || shape[1 - along] != 1) return std::nullopt;
  std::vector<float> values = node.reals(2);
  if (values.size() == 1) values.assign(outputs, values[0]);
  if (values.size() != outputs)
    node.refuse(text("has a C of ", node.value(2).shape), text("one that goes with ", outputs, " outputs"));
  for (float& value : values) value *= beta;
  return values;
}

// Between a DequantizeLinear and a QuantizeLinear; weights [outputs][depth], or on their side. `activation`: what was absorbed.
std::optional<Value> on_codes(Node& node, const Value& x, bool on_their_side, bool has_bias, std::string& activation) {
  if (!is_coded(node, x) || node.value(1).shape.size() != 2) return std::nullopt;
  std::optional<CodedWeights> weights = coded_weights(node, node.value(1), on_their_side ? 0 : 1);
  if (!weights) return std::nullopt;
  if (!on_their_side) weights = turned(std::move(*weights));
  if (x.shape.empty() || x.shape.back() != weights->shape[1]) return std::nullopt;
  const auto outputs = static_cast<std::size_t>(weights->shape[0]);
  const auto bias = has_bias ? coded_biases(node, 2, outputs, node.tensor(x.tensor).quantization.scale[0], *weights)
                             : std::optional{std::vector<std::int32_t>(outputs, 0)};
  if (!bias) return std::nullopt;
  const std::optional<Target> to = absorbed_target(node, &activation);
  if (!to) return std::nullopt;
  return dense_on_codes(node, x, *weights, *bias, *to);
}

void translate(Node& node) {
  node.require_inputs(2, 3);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  node.ignore({"broadcast"});
  const float alpha = node.real("alpha", 1), beta = node.real("beta", 1);
  const bool turns_a = node.whole("transA", 0) != 0, turns_b = node.whole("transB", 0) != 0;
  node.require_rank(0, 2, 2);
  node.require_rank(1, 2, 2);
  std::string absorbed;
  if (alpha == 1 && beta == 1 && !turns_a)
    if (const std::optional<Value> y = on_codes(node, node.value(0), turns_b, true, absorbed)) return node.define(0, *y);
  const Value first = node.input(0), second = node.input(1);
  const Value a = turns_a ? turned(first) : first, b = turns_b ? turned(second) : second;
  if (a.tensor < 0 || b.tensor < 0 || a.shape[1] != b.shape[0])
    node.refuse(text("multiplies ", a.shape, " by ", b.shape), "matrices that fit");
  const bool b_known = node.is_constant(1), a_known = node.is_constant(0) && !b_known;
  const auto outputs = static_cast<std::size_t>(a_known ? a.shape[0] : b.shape[1]);
  std::optional<std::vector<float>> bias = biases(node, outputs, a_known ? 0 : 1, beta);
  const bool whole = bias.has_value();
  const std::string activation = !absorbed.empty() && absorbed != "none"    ? absorbed
                                 : whole && (a_known || b_known) ? absorbed_activation(node)
                                                                 : "none";
  Value y{};
  if (b_known)
    y = dense(node, a, matrix(node, 1, !turns_b, alpha), bias.value_or(std::vector<float>(outputs, 0.0f)), activation);
  else if (a_known)
    y = turned(
        dense(node, turned(b), matrix(node, 0, turns_a, alpha), bias.value_or(std::vector<float>(outputs, 0.0f)), activation));
  else {
    y = product(node, a, b);
    if (alpha != 1) y = combined(node, "mul", y, constant_of(node, {alpha}, {}));
    if (whole && node.has(2) && beta != 0) y = combined(node, "add", y, constant_of(node, *bias, {b.shape[1]}));
  }
  if (!whole) {
    Value c = node.input(2);
    if (broadcast_shape(node, y.shape, c.shape) != y.shape)
      node.refuse(text("has a C of ", c.shape), text("one that goes with ", y.shape));
    if (beta != 1) c = combined(node, "mul", c, constant_of(node, {beta}, {}));
    y = combined(node, "add", y, c);
  }
  node.define(0, y);
}

// The biases of an Add that alone reads a product, which is absorbed.
std::vector<float> absorbed_biases(Node& node, std::size_t outputs) {
  std::vector<float> none(outputs, 0.0f);
  const NodeData* next = node.next();
  if (next == nullptr || next->operation != "Add" || !next->domain.empty() || next->inputs.size() != 2) return none;
  const std::size_t other = next->inputs[0] == node.output_name(0) ? 1 : 0;
  const Value* with = node.whole_graph.find(next->inputs[other]);
  if (with == nullptr || with->tensor < 0 || !node.whole_graph.is_constant(with->tensor) || with->type != DataType::float32 ||
      !with->real)
    return none;
  if (with->shape != Shape{static_cast<int>(outputs)}) return none;
  const Node behind{node.whole_graph, node.next_index()};
  behind.require_known_attributes();
  const std::vector<float> biases = behind.reals(other);
  node.absorb();
  return biases;
}

Value with_matrix_shape(const Value& of, bool column) {
  Value made = of;
  if (made.shape.size() == 1) made.shape.insert(column ? made.shape.end() : made.shape.begin(), 1);
  return made;
}

void translate_matmul(Node& node) {
  node.require_inputs(2, 2);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  std::string absorbed;
  if (const std::optional<Value> y = on_codes(node, node.value(0), false, false, absorbed)) return node.define(0, *y);
  const Value first = node.input(0), second = node.input(1);
  if (first.shape.empty() || second.shape.empty() || first.tensor < 0 || second.tensor < 0)
    node.refuse(text("multiplies ", first.shape, " by ", second.shape), "vectors or matrices");
  const Value a = with_matrix_shape(first, false), b = with_matrix_shape(second, true);
  if (a.shape.back() != b.shape[b.shape.size() - 2])
    node.refuse(text("multiplies ", first.shape, " by ", second.shape), "matrices that fit");
  const auto is_matrix = [](const Value& of) {
    return of.count() == std::int64_t{of.shape.back()} * of.shape[of.shape.size() - 2];
  };
  const auto weights = [&](std::size_t i, const Value& of, bool on_its_side) {
    const auto rows = static_cast<std::size_t>(of.shape[of.shape.size() - 2]),
               columns = static_cast<std::size_t>(of.shape.back());
    const std::vector<float> values = node.reals(i);
    std::vector<float> made(values.size());
    for (std::size_t at = 0; at < values.size(); ++at) made[on_its_side ? at % columns * rows + at / columns : at] = values[at];
    return made;
  };
  Value y{};
  if (node.is_constant(1) && is_matrix(b) && b.shape.size() <= a.shape.size()) {
    const auto outputs = static_cast<std::size_t>(b.shape.back());
    const bool taken = !absorbed.empty() && absorbed != "none";
    const std::vector<float> bias = taken ? std::vector<float>(outputs, 0.0f) : absorbed_biases(node, outputs);
    const std::string activation = taken ? absorbed : absorbed_activation(node);
    y = dense(node, a, weights(1, b, true), bias, activation);
  } else if (node.is_constant(0) && is_matrix(a) && a.shape.size() <= b.shape.size()) {
    const auto outputs = static_cast<std::size_t>(a.shape[a.shape.size() - 2]);
    y = turned(dense(node, turned(b), weights(0, a, false), std::vector<float>(outputs, 0.0f), "none"));
  } else {
    y = product(node, a, b);
  }
  if (second.shape.size() == 1) y.shape.pop_back();
  if (first.shape.size() == 1) y.shape.erase(y.shape.end() - (second.shape.size() == 1 ? 1 : 2));
  node.define(0, y);
}

const OperatorKind gemm{"Gemm", translate}, matmul{"MatMul", translate_matmul};

}  // namespace

}  // namespace tools::onnx
