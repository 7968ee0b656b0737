// Softmax and LogSoftmax: along one axis or, before opset 13, of all that comes after it.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  const bool flattens = node.opset() < 13;
  const char* kind = node.data.operation == "LogSoftmax" ? "log_softmax" : "softmax";
  node.define(0, softmax(node, node.input(), node.whole("axis", flattens ? 1 : -1), flattens, kind));
}

const OperatorKind softmax{"Softmax", translate}, log_softmax{"LogSoftmax", translate};

}  // namespace

Value softmax(const Node& node, const Value& x, std::int64_t stated, bool flattens, const std::string& kind) {
  const std::size_t rank = x.shape.size();
  Value seen = x;
  std::size_t axis = 0;
  if (flattens) {
    if (stated < -static_cast<std::int64_t>(rank) || stated > static_cast<std::int64_t>(rank))
      node.refuse(text("has the axis ", stated), text("one of ", rank, " dimensions"));
    const auto first = static_cast<std::size_t>(stated < 0 ? stated + static_cast<std::int64_t>(rank) : stated);
    int rows = 1;
    for (std::size_t d = 0; d < first; ++d) rows *= x.shape[d];
    seen.shape = {rows, static_cast<int>(x.count()) / rows};
    axis = 1;
  } else {
    axis = node.axis(stated, rank);
  }
  const Attributes attributes = kind == "log_softmax" ? Attributes{} : Attributes{{"beta", 1.0f}};
  Value made = x;
  // A vector's own order does not matter.
  if (const std::optional<Rows> rows = rows_of(seen.layout, seen.shape.back()); rows && axis + 1 == seen.shape.size()) {
    const int matrix =
        node.whole_graph.reshaped(node.index, x.tensor, {static_cast<int>(x.count() / seen.shape.back()), seen.shape.back()});
    made.tensor = node.emit(kind, {matrix}, attributes);
    return made;
  }
  Order order = node.order(seen);
  std::erase(order, axis);
  order.push_back(axis);
  made.tensor = node.emit(kind, {node.in(seen, order)}, attributes);
  made.layout = layout_of(seen.shape, order);
  return made;
}

}  // namespace tools::onnx
