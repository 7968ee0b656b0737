// CONV_2D and DEPTHWISE_CONV_2D: Conv2d, of a sequence Conv1d, and DepthwiseConv2d. Weights [outputs][height][width][channels]
// and [1][height][width][outputs], as nn/layer/ has them.
#include "tools/import/layers/windows.hpp"

namespace tools::importer {

namespace {

std::vector<float> biases(const Node& node, std::size_t outputs) {
  return node.has_input(2) ? constant_reals(node, 2, "biases") : std::vector<float>(outputs, 0.0f);
}

void add_conv_2d(const Node& node, Chain& chain) {
  const Shape& w = node.input(1).shape;
  const std::vector<float> weight = constant_reals(node, 1, "weights");
  const auto outputs = static_cast<std::size_t>(w[0]);
  if (node.input().shape.back() != w[3])
    node.refuse(
        text("convolves ", node.input().shape.back() / w[3], " groups of channels apart, for which nn/ has no layer that learns"),
        "one group, or one for each channel");
  const WindowText window = window_text(node, chain, w[1], w[2], false);
  const bool line = chain.output().height == 1 && w[1] == 1;
  const std::string size = line ? text(w[2]) : text(w[1], ", ", w[2]);
  nn::Shape output = window.output;
  output.channels = outputs;
  chain.add({.name = line ? "Conv1d" : "Conv2d", .options = text("<", outputs, ", ", size, window.options, ">"), .output = output,
             .constant = window.axes.constant(), .parameters = {{weight, weight.size() / outputs}, {biases(node, outputs), 0}},
             .affine = Affine::rows});
  add_activation(node, chain);
}

void add_depthwise(const Node& node, Chain& chain) {
  const Shape& w = node.input(1).shape;
  const std::vector<float> weight = constant_reals(node, 1, "weights");
  const auto outputs = static_cast<std::size_t>(w[3]);
  const WindowText window = window_text(node, chain, w[1], w[2], false);
  const std::size_t multiplier = outputs / window.output.channels;
  nn::Shape output = window.output;
  output.channels = outputs;
  chain.add({.name = "DepthwiseConv2d",
             .options = text("<", multiplier, ", ", w[1], ", ", w[2], window.options, ">"),
             .output = output,
             .constant = window.axes.constant(),
             .parameters = {{weight, outputs}, {biases(node, outputs), 0}},
             .affine = Affine::columns});
  add_activation(node, chain);
}

const LayerKind conv_2d{{.kind = "conv_2d", .add = add_conv_2d}};
const LayerKind depthwise_conv_2d{{.kind = "depthwise_conv_2d", .add = add_depthwise}};

}  // namespace

}  // namespace tools::importer
