// Expand and Where: numbers are repeated, or chosen from two tensors.
#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

void translate_expand(Node& node) {
  node.require_inputs(2, 2);
  const Value x = node.value();
  Shape wanted;
  for (std::int64_t extent : node.integers(1)) {
    if (extent < 1 || extent > 1 << 24) node.refuse(text("makes an extent of ", extent), "1 to 2^24");
    wanted.push_back(static_cast<int>(extent));
  }
  const Shape shape = broadcast_shape(node, x.shape, wanted);
  if (shape == x.shape) return node.define(0, x);
  Value made = x;
  made.shape.insert(made.shape.begin(), shape.size() - x.shape.size(), 1);
  const Order order = node.order(made);
  std::vector<std::int64_t> extents;
  for (std::size_t d : order) extents.push_back(shape[d]);
  made.tensor = node.emit("broadcast_to", {node.in(made, order), node.constant(extents)});
  made.shape = shape;
  made.layout = layout_of(shape, order);
  node.define(0, made);
}

void translate_where(Node& node) {
  node.require_inputs(3, 3);
  node.require_type(0, {DataType::boolean});
  node.require_type(2, {node.value(1).type});
  Together made = together(node, {node.value(0), node.input(1), node.input(2)});
  made.result.type = node.value(1).type;
  made.result.tensor = node.emit("select_v2", made.tensors, {}, node.tensor(made.tensors[1]).type);
  node.define(0, made.result);
}

const OperatorKind expand{"Expand", translate_expand}, where{"Where", translate_where};

}  // namespace

}  // namespace tools::onnx
