// MaxPool, AveragePool, and those of all that there is. Windows that reach over the end by ceil_mode leave out what is not there;
// padding counts in an average only if the model says so.
#include "tools/onnx/operators/windows.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

Value average_pool(const Node& node, const Value& x) {
  const bool counts_padding = node.whole("count_include_pad", 0, 0, 1) != 0;
  Windows of = windows(node, x, {});
  const int from = padded(node, image(node, x), of, counts_padding, 0);
  return of_image(node, x, node.emit("average_pool_2d", {from}, of.attributes()));
}

namespace {

void translate_max(Node& node) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32, DataType::int8, DataType::uint8});
  node.require(node.whole("storage_order", 0) == 0 || !node.has_output(1), "has another storage_order", "0");
  node.require(!node.has_output(1), "gives the indices of its numbers", "its first output alone");
  const Value x = node.value();
  Windows of = windows(node, x, {});
  const int from = padded(node, image(node, x), of, false, -std::numeric_limits<float>::max());
  const int y = node.emit("max_pool_2d", {from}, of.attributes());
  node.define_like(of_image(node, x, y), y);
}

void translate_average(Node& node) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  const bool optimized = is_coded(node, node.value()) && !node.whole_graph.settings.unoptimized;
  const Value y = average_pool(node, node.input());
  if (optimized)
    if (const std::optional<Target> to = absorbed_target(node)) return node.define(0, zero_first(node, y, to->codes));
  node.define(0, y);
}

void translate_global(Node& node, const char* kind) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  const std::string& operation = node.data.operation;
  const Value stated = node.value();
  if (operation == "GlobalAveragePool" && is_coded(node, stated) && (stated.shape.size() == 3 || stated.shape.size() == 4))
    if (const std::optional<Target> to = absorbed_target(node))
      return node.define(0, global_average_of_codes(node, stated, to->codes));
  const Value x = node.input();
  if (x.shape.size() < 3 || x.shape.size() > 4)
    node.refuse(text("reads the shape ", x.shape), "batch, channels, and one or two dimensions");
  const int y =
      node.emit(kind, {image(node, x), node.constant(std::vector<std::int64_t>{1, 2})}, {{"keep_dims", std::int64_t{1}}});
  node.define_like(of_image(node, x, y), y);
}

const OperatorKind max{"MaxPool", translate_max}, average{"AveragePool", translate_average};
const OperatorKind global_average{"GlobalAveragePool", [](Node& node) { translate_global(node, "mean"); }};
const OperatorKind global_max{"GlobalMaxPool", [](Node& node) { translate_global(node, "reduce_max"); }};

}  // namespace

}  // namespace tools::onnx
