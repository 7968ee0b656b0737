// Dense: rows of numbers times constant weights, as Gemm and MatMul have them. The weights' columns are put in the order in which
// the numbers of a row lie: behind a Flatten of images whose channels lie last, nothing has to move.
#pragma once

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

// y [..., outputs] = x [..., depth] · weight [outputs][depth] + bias [outputs], with an activation of the importer.
Value dense(const Node& node, const Value& x, const std::vector<float>& weight, const std::vector<float>& bias,
            const std::string& activation);

// What its operator reads and makes: x as a matrix, in which order the numbers of a row stand there, and y without a tensor yet.
struct DenseRows {
  int matrix;
  std::vector<std::size_t> order;
  Value y;
};
DenseRows dense_rows(const Node& node, const Value& x, std::size_t outputs);

// The same numbers with the last two dimensions in the other order.
Value turned(const Value& x);

// A product of two computed values of at least two dimensions.
Value product(const Node& node, const Value& a, const Value& b);

}  // namespace tools::onnx
