// Layers on codes of 8 bits: convolutions and products whose sums are rounded into codes.
#pragma once

#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

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
// A matrix on its side.
CodedWeights turned(CodedWeights weights);
// Biases in the scale of the products; nothing: they are in another.
std::optional<std::vector<std::int32_t>> coded_biases(const Node& node, std::size_t i, std::size_t outputs, float x_scale,
                                                      const CodedWeights& weights);

// Weights beyond 8 bits take as many of them as it needs, on the input as often.
Value conv_on_codes(const Node& node, const Value& x, const CodedWeights& weights, const std::vector<std::int32_t>& bias,
                    const Target& to);
Value dense_on_codes(const Node& node, const Value& x, const CodedWeights& weights, const std::vector<std::int32_t>& bias,
                     const Target& to);

}  // namespace tools::onnx
