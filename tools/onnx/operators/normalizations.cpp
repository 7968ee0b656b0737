// BatchNormalization that no convolution absorbed, LayerNormalization and InstanceNormalization.
#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/weights.hpp"

namespace tools::onnx {

namespace {

Shape of_channels(const Value& x) {
  Shape shape(x.shape.size(), 1);
  shape[1] = x.shape[1];
  return shape;
}

void translate_batch(Node& node) {
  node.require_inputs(5, 5);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  const Value x = node.input();
  if (x.shape.size() < 2) node.refuse(text("reads the shape ", x.shape), "a batch and channels");
  const Scaled by = normalization(node, static_cast<std::size_t>(x.shape[1]));
  const std::string activation = absorbed_activation(node);
  if (node.whole_graph.settings.keeps_normalizations && (x.shape.size() == 2 || x.shape.size() == 3 || x.shape.size() == 4)) {
    std::vector<int> inputs{node.in(x, channels_last(x.shape.size()))};
    for (std::size_t i = 1; i < 5; ++i) inputs.push_back(node.constant(node.reals(i), {x.shape[1]}));
    Value y = x;
    y.layout = layout_of(x.shape, channels_last(x.shape.size()));
    y.tensor = node.emit("batch_normalization", inputs, {{"epsilon", node.real("epsilon", 1e-5f)}, {"activation", activation}});
    return node.define(0, y);
  }
  const Value scaled = combined(node, "mul", x, constant_of(node, by.factor, of_channels(x)));
  node.define(0, combined(node, "add", scaled, constant_of(node, by.offset, of_channels(x)), {{"activation", activation}}));
}

void translate_layer(Node& node) {
  node.require_inputs(2, 3);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  node.ignore({"stash_type"});
  node.require(!node.has_output(1) && !node.has_output(2), "gives its mean or deviation", "its first output alone");
  const Value x = node.input();
  const std::size_t axis = node.axis(node.whole("axis", -1), x.shape.size());
  std::int64_t width = 1;
  for (std::size_t d = axis; d < x.shape.size(); ++d) width *= x.shape[d];
  const int rows = node.in(x, in_order(x.shape.size()), {static_cast<int>(x.count() / width), static_cast<int>(width)});
  Value made = x;
  made.layout = natural(x.shape);
  made.tensor = node.emit("standardize", {rows}, {{"epsilon", node.real("epsilon", 1e-5f)}});
  made = combined(node, "mul", made, node.input(1));
  if (node.has(2)) made = combined(node, "add", made, node.input(2));
  if (made.shape != x.shape)
    node.refuse(text("makes ", made.shape, " of ", x.shape), "a scale and offset of its last dimensions");
  node.define(0, made);
}

void translate_instance(Node& node) {
  node.require_inputs(3, 3);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  const Value x = node.input();
  if (x.shape.size() < 3) node.refuse(text("reads the shape ", x.shape), "a batch, channels and images");
  const std::int64_t rows = std::int64_t{x.shape[0]} * x.shape[1];
  std::vector<Value> by;
  for (std::size_t i = 1; i < 3; ++i) {
    if (node.value(i).shape != Shape{x.shape[1]})
      node.refuse(text(node.input_name(i), " has the shape ", node.value(i).shape),
                  text(x.shape[1], ", one number for each channel"));
    by.push_back(node.input(i));
    by.back().shape = of_channels(x);
  }
  Value made = x;
  made.layout = natural(x.shape);
  made.tensor = node.emit("standardize",
                          {node.in(x, in_order(x.shape.size()), {static_cast<int>(rows), static_cast<int>(x.count() / rows)})},
                          {{"epsilon", node.real("epsilon", 1e-5f)}});
  node.define(0, combined(node, "add", combined(node, "mul", made, by[0]), by[1]));
}

const OperatorKind batch{"BatchNormalization", translate_batch}, layer{"LayerNormalization", translate_layer};
const OperatorKind instance{"InstanceNormalization", translate_instance};

}  // namespace

}  // namespace tools::onnx
