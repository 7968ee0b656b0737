// Codes: how values of ONNX are codes of the importer's tensors. Those of 8 bits without a sign lie 128 lower inside.
#pragma once

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

// The importer's type of codes.
Type code_type(DataType type);

// From two inputs of a node: the scale and, if it is there, the zero point; `type`: what the codes are of, without a zero point.
Codes stated_codes(const Node& node, std::size_t scale, std::size_t zero, DataType type);
// The same with one scale.
Codes one_scale(const Node& node, std::size_t scale, std::size_t zero, DataType type);

// Does it stand for real numbers, in 8 bits?
bool is_coded(const Node& node, const Value& value);
// The tensor of the model that holds a value of codes, with this quantization.
int coded(const Node& node, const Value& value, const Codes& codes);
// A value of codes that stand for real numbers.
Value coded_value(const Node& node, std::size_t i, const Codes& codes);
// The same as real numbers.
Value real_value(const Node& node, const Value& coded);
// A value of codes as whole numbers in float32, the zero point taken off.
Value whole_numbers_of(const Node& node, std::size_t i, std::int64_t zero);

// Of constant tensors: the whole numbers that they store, which of several scales number i of a shape has, and what they stand
// for.
std::vector<std::int64_t> stored_codes(const importer::Tensor& tensor);
std::size_t scale_index(const importer::Quantization& of, const Shape& shape, std::size_t i);
std::vector<float> real_numbers(const importer::Tensor& tensor);

// A constant of int8 whose zero points are 0, with one scale or one for each index of a dimension.
int code_constant(const Node& node, const std::vector<std::int8_t>& codes, const Shape& shape, const std::vector<float>& scale,
                  int dimension);
std::vector<std::int8_t> every_code();  // -128 to 127

}  // namespace tools::onnx
