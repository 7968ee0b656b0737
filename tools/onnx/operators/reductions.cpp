// ReduceMean, ReduceSum, ReduceMax and ReduceMin.
#include <algorithm>

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
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

const OperatorKind mean{"ReduceMean", translate}, sum{"ReduceSum", translate};
const OperatorKind max{"ReduceMax", translate}, min{"ReduceMin", translate};

}  // namespace

}  // namespace tools::onnx
