// Quantized: how values of ONNX are codes of the importer's tensors. Codes of 8 bits without a sign lie 128 lower inside.
#pragma once

#include <optional>
#include <vector>

#include "tools/onnx/node.hpp"

namespace tools::onnx {

// A scale and a zero point, or one for each index along an axis, as the file has them.
struct Codes {
  DataType type;  // uint8, int8, int16 or int32
  std::vector<float> scale;
  std::vector<std::int64_t> zero;
  std::size_t axis = 0;

  bool is_unsigned() const { return type == DataType::uint8; }
  importer::Quantization inside() const;
};

// From two inputs of a node: the scale and, if it is there, the zero point; `type`: what the codes are of, without a zero point.
Codes stated_codes(const Node& node, std::size_t scale, std::size_t zero, DataType type);
// The same with one scale.
Codes one_scale(const Node& node, std::size_t scale, std::size_t zero, DataType type);

// The tensor of the model that holds a value of codes, with this quantization.
int coded(const Node& node, const Value& value, const Codes& codes);
// A value of codes that stand for real numbers.
Value coded_value(const Node& node, std::size_t i, const Codes& codes);
// The same as real numbers.
Value real_value(const Node& node, const Value& coded);

// What the codes of a constant tensor stand for.
std::vector<float> real_numbers(const importer::Tensor& tensor);

// Real numbers as codes. If they are a function of one code of 8 bits, it becomes a table.
Value quantized(const Node& node, const Value& real, const Codes& codes);

// Input i, which is codes, as others.
Value requantized(const Node& node, std::size_t i, const Codes& codes);

// A layer's weights on codes: whole numbers from which the zero points are taken off, in ONNX's order, and a scale for all or for
// each output.
struct CodedWeights {
  Shape shape;
  std::vector<std::int32_t> number;
  std::vector<float> scale;
};
// Nothing: it is no constant of 8 bits, or has scales along another dimension.
std::optional<CodedWeights> coded_weights(const Node& node, const Value& value, std::size_t outputs_along);
CodedWeights coded_weights(const Node& node, std::size_t i, const Codes& codes, std::size_t outputs_along);
// Biases in the scale of the products; nothing: they are in another.
std::optional<std::vector<std::int32_t>> coded_biases(const Node& node, std::size_t i, std::size_t outputs, float x_scale,
                                                      const CodedWeights& weights);

// Where a layer's sums go.
struct Target {
  Codes codes;
  std::string activation = "none";
};
// To the 8 bits of a QuantizeLinear behind the node, which is absorbed. `activation`: of the importer, that stands between the two
// and is absorbed, whether a QuantizeLinear is behind it or not.
std::optional<Target> absorbed_target(Node& node, std::string* activation = nullptr);

// Layers on codes of 8 bits. Weights beyond 8 bits take as many of them as it needs, on the input as often.
Value conv_on_codes(const Node& node, const Value& x, const CodedWeights& weights, const std::vector<std::int32_t>& bias,
                    const Target& to);
Value dense_on_codes(const Node& node, const Value& x, const CodedWeights& weights, const std::vector<std::int32_t>& bias,
                     const Target& to);

// Of values on codes, as ONNX Runtime's operators have it: with the zero point added before the rounding ("qlinear_add", "qlinear_mul"),
// or of real numbers; and a mean over images.
Value combined_codes(const Node& node, const Value& a, const Value& b, const Codes& to, const std::string& kind);
Value zero_first(const Node& node, const Value& real, const Codes& to);
Value global_average_of_codes(const Node& node, const Value& x, const Codes& to);
// Does it stand for real numbers, in 8 bits?
bool is_coded(const Node& node, const Value& value);

// A value of codes as whole numbers in float32, the zero point taken off.
Value whole_numbers_of(const Node& node, std::size_t i, std::int64_t zero);

}  // namespace tools::onnx
