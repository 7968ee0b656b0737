// Gather.
#include "tools/onnx/operator_kind.hpp"
#include "tools/onnx/operators/parts.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {DataType::int64, DataType::int32});
  const Value x = node.value(0), index = node.value(1);
  const std::size_t axis = node.axis(node.whole("axis", 0), x.shape.size());
  const Order order = node.order(x);
  const std::size_t place = place_of(order, axis);
  if (index.tensor < 0) node.refuse("gathers nothing", "at least one index");
  // One index, or a few: the dimension keeps its place, and is seen as the indices' dimensions afterwards.
  int indices = node.in(index, in_order(index.shape.size()), {static_cast<int>(index.count())});
  if (node.is_constant(1)) {
    std::vector<std::int64_t> chosen = node.integers(1);
    for (std::int64_t& each : chosen) {
      if (each < -x.shape[axis] || each >= x.shape[axis])
        node.refuse(text("reads index ", each), text(-x.shape[axis], " to ", x.shape[axis] - 1));
      if (each < 0) each += x.shape[axis];
    }
    indices = node.constant(chosen);
  } else {
    indices = node.emit("from_the_end", {indices}, {{"extent", std::int64_t{x.shape[axis]}}}, Type::int32);
  }
  Value made = x;
  made.shape[axis] = static_cast<int>(index.count());
  made.tensor = node.emit("gather", {node.in(x, order), indices}, {{"axis", static_cast<std::int64_t>(place)}});
  made.layout = layout_of(made.shape, order);
  made.shape.erase(made.shape.begin() + static_cast<std::ptrdiff_t>(axis));
  made.shape.insert(made.shape.begin() + static_cast<std::ptrdiff_t>(axis), index.shape.begin(), index.shape.end());
  node.define(0, made);
}

const OperatorKind gather{"Gather", translate};

}  // namespace

}  // namespace tools::onnx
