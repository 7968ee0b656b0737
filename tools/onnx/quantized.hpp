// Quantized: real numbers as codes, and operators between a DequantizeLinear and a QuantizeLinear as ONNX Runtime rounds them.
#pragma once

#include <optional>
#include <string>

#include "tools/onnx/codes.hpp"

namespace tools::onnx {

// Real numbers as codes. If they are a function of one code of 8 bits, it becomes a table.
Value quantized(const Node& node, const Value& real, const Codes& codes);

// Input i, which is codes, as others.
Value requantized(const Node& node, std::size_t i, const Codes& codes);

// Where an operator's numbers go.
struct Target {
  Codes codes;
  std::string activation = "none";
};
// To the 8 bits of a QuantizeLinear behind the node, which is absorbed. `activation`: of the importer, that stands between the
// two and is absorbed, whether a QuantizeLinear is behind it or not.
std::optional<Target> absorbed_target(Node& node, std::string* activation = nullptr);

// Of values on codes: with the zero point added before the rounding ("qlinear_add", "qlinear_mul"), or of real numbers; and a
// mean over images.
Value combined_codes(const Node& node, const Value& a, const Value& b, const Codes& to, const std::string& kind);
Value zero_first(const Node& node, const Value& real, const Codes& to);
Value global_average_of_codes(const Node& node, const Value& x, const Codes& to);

}  // namespace tools::onnx
