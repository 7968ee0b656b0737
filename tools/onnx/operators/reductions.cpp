// ReduceMean, ReduceSum, ReduceMax and ReduceMin; ArgMax and ArgMin; Softmax and LogSoftmax.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

void translate_reduction(Node& node) {
  node.require_inputs(1, 2);
  node.require_type(0, {DataType::float32});
  const std::string& operation = node.data.operation;
  const Value x = node.input();
  const std::size_t rank = x.shape.size();
  const bool keeps = node.whole("keepdims", 1, 0, 1) != 0, may_do_nothing = node.whole("noop_with_empty_axes", 0, 0, 1) != 0;
  bool given = false;
  std::vector<std::size_t> axes = node.axes(node.stated_axes(1, given), rank);
  if (axes.empty() && may_do_nothing) return node.define(0, x);
  if (axes.empty()) axes = in_order(rank);
  const Order order = node.order(x);
  std::vector<std::int64_t> places;
  Value made = x;
  for (std::size_t place = 0; place < rank; ++place)
    if (std::ranges::find(axes, order[place]) != axes.end()) {
      places.push_back(static_cast<std::int64_t>(place));
      made.shape[order[place]] = 1;
    }
  made.layout = layout_of(made.shape, order);
  int from = node.in(x, order);
  if (operation == "ReduceMin") from = node.emit("neg", {from});
  const char* kind = operation == "ReduceMean" ? "mean" : operation == "ReduceSum" ? "sum" : "reduce_max";
  made.tensor = rank == 0 ? from : node.emit(kind, {from, node.constant(places)}, {{"keep_dims", std::int64_t{1}}});
  if (operation == "ReduceMin") made.tensor = node.emit("neg", {made.tensor});
  if (!keeps) {
    Shape left;
    for (std::size_t d = 0; d < rank; ++d)
      if (std::ranges::find(axes, d) == axes.end()) left.push_back(made.shape[d]);
    made.shape = left;
  }
  node.define(0, made);
}

void translate_search(Node& node) {
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

void translate_softmax(Node& node) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  const bool flattens = node.opset() < 13;
  const char* kind = node.data.operation == "LogSoftmax" ? "log_softmax" : "softmax";
  node.define(0, softmax(node, node.input(), node.whole("axis", flattens ? 1 : -1), flattens, kind));
}

const OperatorKind mean{"ReduceMean", translate_reduction}, sum{"ReduceSum", translate_reduction};
const OperatorKind max{"ReduceMax", translate_reduction}, min{"ReduceMin", translate_reduction};
const OperatorKind arg_max{"ArgMax", translate_search}, arg_min{"ArgMin", translate_search};
const OperatorKind softmax{"Softmax", translate_softmax}, log_softmax{"LogSoftmax", translate_softmax};

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
