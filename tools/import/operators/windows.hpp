// Windows: what convolutions and pooling share. Images are [batch][height][width][channels].
#pragma once

#include "nn/graph/window.hpp"
#include "tools/import/node.hpp"

namespace tools::importer {

// The output of windows of height x width over images `x`, moved and padded as the operator's attributes say.
Shape window_output(const Node& node, const Shape& x, int height, int width, int channels);

// Rows and columns of padding above and to the left of images `x`, of which such windows make `windows`.
nn::graph::Pair padding_before(const Node& node, const Shape& x, const Shape& windows, int height, int width);

// From images of four dimensions.
nn::graph::Extent image(const Node& node, const Tensor& tensor);
nn::graph::Window window(const Node& node, int height, int width);

// The attributes of all of them, each at least 1.
struct Moves {
  int stride_h, stride_w, dilation_h, dilation_w;
};
Moves moves(const Node& node);

}  // namespace tools::importer
