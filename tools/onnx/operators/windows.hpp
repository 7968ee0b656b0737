// Windows: what convolutions and pooling share: kernels, strides, dilations and paddings along one or two dimensions. Rows of
// numbers are images of height 1.
#pragma once

#include <array>

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

struct Along {
  std::int64_t input, kernel, stride, dilation, before = 0, after = 0, output = 0;
  std::int64_t reach() const { return (kernel - 1) * dilation + 1; }
};
struct Windows {
  std::array<Along, 2> along;  // height, width
  std::size_t dimensions;      // in the file: 1 or 2
  bool rounds_up = false;      // ceil_mode

  Attributes attributes() const;  // of the importer
};

// Of a convolution or pooling over `x`, which has images; `kernel` where the weights say it.
Windows windows(const Node& node, const Value& x, std::vector<std::int64_t> kernel);

// x as images [batch][height][width][channels]; and a value of such an output.
Shape image_shape(const Value& x);
int image(const Node& node, const Value& x);
Value of_image(const Node& node, const Value& x, int tensor);

// The means of the node's windows over x, which is real.
Value average_pool(const Node& node, const Value& x);

// Padding that the importer's windows cannot have becomes an operator of its own; `filled` with: zeros, or the lowest number.
int padded(const Node& node, int image, Windows& of, bool all, float filled);

}  // namespace tools::onnx
