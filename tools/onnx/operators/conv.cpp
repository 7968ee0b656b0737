// Conv: weights [outputs][channels of a group][height][width], which become those of the importer's convolutions.
#include "tools/onnx/coded_layers.hpp"
#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/weights.hpp"
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

namespace {

// Between a DequantizeLinear and a QuantizeLinear. `activation`: what was absorbed.
std::optional<Value> on_codes(Node& node, std::string& activation) {
  const Value x = node.value(0);
  if (!is_coded(node, x)) return std::nullopt;
  const std::optional<CodedWeights> weights = coded_weights(node, node.value(1), 0);
  if (!weights) return std::nullopt;
  const auto bias =
      coded_biases(node, 2, static_cast<std::size_t>(weights->shape[0]), node.tensor(x.tensor).quantization.scale[0], *weights);
  if (!bias) return std::nullopt;
  const std::optional<Target> to = absorbed_target(node, &activation);
  if (!to) return std::nullopt;
  return conv_on_codes(node, x, *weights, *bias, *to);
}

void translate(Node& node) {
  node.require_inputs(2, 3);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  node.require_constant(1);
  std::string activation;
  if (const std::optional<Value> y = on_codes(node, activation)) return node.define(0, *y);
  const Value x = node.input(0);
  const Shape& w = node.value(1).shape;
  if (x.shape.size() < 3 || x.shape.size() > 4)
    node.refuse(text("reads the shape ", x.shape), "batch, channels, and one or two dimensions");
  if (w.size() != x.shape.size() || node.value(1).tensor < 0)
    node.refuse(text("has weights of ", w, " for images of ", x.shape), "as many dimensions");
  const std::int64_t groups = node.whole("group", 1, 1, 65535);
  if (x.shape[1] != w[1] * groups || w[0] % groups != 0)
    node.refuse(text("has weights of ", w, " in ", groups, " groups for ", x.shape[1], " channels"),
                "outputs and channels in equal groups");
  Windows of = windows(node, x, {w.begin() + 2, w.end()});
  const std::size_t outputs = static_cast<std::size_t>(w[0]);
  Weights constants = float_weights(node, outputs);
  const std::size_t each = constants.weight.size() / outputs;
  absorb_normalization(node, constants, [each](std::size_t i) { return i / each; });
  if (activation.empty() || activation == "none") activation = absorbed_activation(node);
  const int from = padded(node, image(node, x), of, false, 0);
  // One dimension is a height of 1.
  Value weight = constant_of(node, constants.weight, w.size() == 3 ? Shape{w[0], w[1], 1, w[2]} : w);
  const int bias = node.constant(constants.bias, {w[0]});
  Attributes attributes = of.attributes();
  attributes.set("activation", activation);
  int y = -1;
  if (groups > 1 && w[1] == 1) {
    y = node.emit("depthwise_conv_2d", {from, node.in(weight, {1, 2, 3, 0}), bias}, attributes);
  } else {
    y = node.emit("conv_2d", {from, node.in(weight, {0, 2, 3, 1}), bias}, attributes);
  }
  node.define_like(of_image(node, x, y), y);
}

const OperatorKind conv{"Conv", translate};

}  // namespace

}  // namespace tools::onnx
