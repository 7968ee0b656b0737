// ArgMax and ArgMin: the first of equal numbers.
#include <algorithm>

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  node.require(node.whole("select_last_index", 0) == 0, "selects the last of equal numbers", "select_last_index 0");
  const Value x = node.input();
  const std::size_t axis = node.axis(node.whole("axis", 0), x.shape.size());
  const bool keeps = node.whole("keepdims", 1, 0, 1) != 0;
  const Order order = node.order(x);
  const auto place = std::ranges::find(order, axis) - order.begin();
  Value made = x;
  made.type = DataType::int64;
  made.tensor = node.emit(node.data.operation == "ArgMax" ? "arg_max" : "arg_min",
                          {node.in(x, order), node.constant(std::vector<std::int64_t>{place})}, {}, Type::int32);
  made.shape[axis] = 1;
  made.layout = layout_of(made.shape, order);
  if (!keeps) made.shape.erase(made.shape.begin() + static_cast<std::ptrdiff_t>(axis));
  node.define(0, made);
}

const OperatorKind arg_max{"ArgMax", translate}, arg_min{"ArgMin", translate};

}  // namespace

}  // namespace tools::onnx
