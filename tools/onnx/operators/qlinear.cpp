// Operators on codes whose scales are inputs: QLinearConv, QLinearMatMul, and com.microsoft's QGemm and QLinear operators.
#include <algorithm>

#include "tools/onnx/coded_layers.hpp"
#include "tools/onnx/operators/dense.hpp"
#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/parts.hpp"
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

namespace {

constexpr std::initializer_list<DataType> bytes{DataType::uint8, DataType::int8};

// Input i with the scale and zero point behind it.
Value operand(const Node& node, std::size_t i, std::size_t scale, std::size_t zero) {
  node.require_type(i, bytes);
  return coded_value(node, i, one_scale(node, scale, zero, node.value(i).type));
}
Value operand(const Node& node, std::size_t i) { return operand(node, i, i + 1, i + 2); }

// Where the outputs of an operator go, from two inputs; codes of the type of its input unless a zero point says otherwise.
Codes result(const Node& node, std::size_t scale, std::size_t zero, DataType type) {
  if (node.has(zero)) node.require_type(zero, bytes);
  return one_scale(node, scale, zero, node.has(zero) ? node.value(zero).type : type);
}

std::vector<std::int32_t> biases(const Node& node, std::size_t i, std::size_t outputs, const CodedWeights& weights) {
  const auto made = coded_biases(node, i, outputs, 0, weights);
  if (!made) node.refuse(node.input_name(i) + " is computed, or of another shape", text(outputs, " constants of int32"));
  return *made;
}

void translate_conv(Node& node) {
  node.require_inputs(8, 9);
  const Value x = operand(node, 0);
  node.require_type(3, bytes);
  const CodedWeights weights = coded_weights(node, 3, stated_codes(node, 4, 5, node.value(3).type), 0);
  node.define(0, conv_on_codes(node, x, weights, biases(node, 8, static_cast<std::size_t>(weights.shape[0]), weights),
                               {result(node, 6, 7, node.value(0).type)}));
}

// [outputs][depth] of [depth][outputs], or of that on its side.
CodedWeights turned_weights(const Node& node, std::size_t i, std::size_t scale, std::size_t zero, bool on_its_side) {
  node.require_type(i, bytes);
  node.require_rank(i, 2, 2);
  const CodedWeights made = coded_weights(node, i, stated_codes(node, scale, zero, node.value(i).type), on_its_side ? 0 : 1);
  return on_its_side ? made : turned(made);
}

void require_depth(const Node& node, const Value& x, const CodedWeights& weights) {
  if (x.shape.empty() || x.shape.back() != weights.shape[1])
    node.refuse(text("multiplies ", x.shape, " by ", Shape{weights.shape[1], weights.shape[0]}), "matrices that fit");
}

void translate_matmul(Node& node) {
  node.require_inputs(8, 8);
  const Value x = operand(node, 0);
  const CodedWeights weights = turned_weights(node, 3, 4, 5, false);
  require_depth(node, x, weights);
  node.define(0, dense_on_codes(node, x, weights, std::vector<std::int32_t>(static_cast<std::size_t>(weights.shape[0]), 0),
                                {result(node, 6, 7, node.value(0).type)}));
}

std::vector<float> in_float(const std::vector<std::int32_t>& numbers) { return {numbers.begin(), numbers.end()}; }

// Sums that float32 holds exactly.
void require_exact(const Node& node, const CodedWeights& weights, const std::vector<std::int32_t>& bias) {
  const std::size_t depth = weights.number.size() / bias.size();
  for (std::size_t o = 0; o < bias.size(); ++o) {
    std::int64_t most = std::abs(std::int64_t{bias[o]});
    for (std::size_t i = 0; i < depth; ++i) most += 255 * std::abs(std::int64_t{weights.number[o * depth + i]});
    if (most > 1 << 24) node.refuse(text("may add up to ", most), "sums of at most 2^24, which float32 holds exactly");
  }
}

void translate_gemm(Node& node) {
  node.require_inputs(6, 9);
  node.require(node.real("alpha", 1) == 1, "has another alpha", "1");
  node.require(node.whole("transA", 0) == 0, "turns its first input", "transA 0");
  const Value x = operand(node, 0);
  const CodedWeights weights = turned_weights(node, 3, 4, 5, node.whole("transB", 0) != 0);
  require_depth(node, x, weights);
  const std::vector<std::int32_t> bias = biases(node, 6, static_cast<std::size_t>(weights.shape[0]), weights);
  if (node.has(7)) return node.define(0, dense_on_codes(node, x, weights, bias, {result(node, 7, 8, node.value(0).type)}));
  require_exact(node, weights, bias);
  const Codes of = one_scale(node, 1, 2, node.value(0).type);
  const Value sum = dense(node, whole_numbers_of(node, 0, of.zero[0]), in_float(weights.number), in_float(bias), "none");
  std::vector<float> scale;
  for (float each : weights.scale) scale.push_back(of.scale[0] * each);
  node.define(0, combined(node, "mul", sum, constant_of(node, scale, {static_cast<int>(scale.size())})));
}

void translate_combination(Node& node) {
  node.require_inputs(7, 8);
  const Value a = operand(node, 0), b = operand(node, 3);
  const Codes to = result(node, 6, 7, node.value(0).type);
  node.define(0, combined_codes(node, a, b, to, node.data.operation == "QLinearAdd" ? "qlinear_add" : "qlinear_mul"));
}

void translate_function(Node& node) {
  node.require_inputs(4, 5);
  const Value x = real_value(node, operand(node, 0));
  const Value y = node.data.operation == "QLinearSigmoid"
                      ? applied(node, "logistic", x)
                      : applied(node, "leaky_relu", x, {{"alpha", node.real("alpha", 0.01f)}});
  node.define(0, quantized(node, y, result(node, 3, 4, node.value(0).type)));
}

void translate_softmax(Node& node) {
  node.require_inputs(5, 5);
  const Value x = real_value(node, operand(node, 0));
  const std::int64_t set = node.whole("opset", 13);
  node.define(
      0, quantized(node, softmax(node, x, node.whole("axis", -1), set < 13, "softmax"), result(node, 3, 4, node.value(0).type)));
}

void require_channels_first(const Node& node) {
  node.require(node.whole("channels_last", 0) == 0, "has its channels last", "channels_last 0");
}

void translate_average(Node& node) {
  node.require_inputs(4, 5);
  require_channels_first(node);
  const Value x = real_value(node, operand(node, 0));
  node.define(0, zero_first(node, average_pool(node, x), result(node, 3, 4, node.value(0).type)));
}

void translate_global(Node& node) {
  node.require_inputs(4, 5);
  require_channels_first(node);
  node.define(0, global_average_of_codes(node, operand(node, 0), result(node, 3, 4, node.value(0).type)));
}

void translate_concat(Node& node) {
  const std::size_t count = node.data.inputs.size();
  node.require(count >= 5 && count % 3 == 2, text("has ", count, " inputs"),
               "a scale and a zero point, and three for each tensor");
  const Codes to = result(node, 0, 1, node.value(2).type);
  std::vector<Value> parts;
  for (std::size_t i = 2; i < count; i += 3) parts.push_back(quantized(node, real_value(node, operand(node, i)), to));
  node.define(0, joined_values(node, parts, node.whole("axis", 1)));
}

const OperatorKind conv{"QLinearConv", translate_conv}, matmul{"QLinearMatMul", translate_matmul};
const OperatorKind gemm{"QGemm", translate_gemm, microsoft};
const OperatorKind add{"QLinearAdd", translate_combination, microsoft}, mul{"QLinearMul", translate_combination, microsoft};
const OperatorKind sigmoid{"QLinearSigmoid", translate_function, microsoft},
    leaky{"QLinearLeakyRelu", translate_function, microsoft};
const OperatorKind soft{"QLinearSoftmax", translate_softmax, microsoft},
    average{"QLinearAveragePool", translate_average, microsoft};
const OperatorKind global{"QLinearGlobalAveragePool", translate_global, microsoft},
    concat{"QLinearConcat", translate_concat, microsoft};

}  // namespace

}  // namespace tools::onnx
