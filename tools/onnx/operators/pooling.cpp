// MaxPool, AveragePool, and those of all that there is. Windows that reach over the end by ceil_mode leave out what is not there;
// padding counts in an average only if the model says so.
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

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
  const bool counts_padding = node.whole("count_include_pad", 0, 0, 1) != 0;
  const Value x = node.input();
  Windows of = windows(node, x, {});
  const int from = padded(node, image(node, x), of, counts_padding, 0);
  const int y = node.emit("average_pool_2d", {from}, of.attributes());
  node.define_like(of_image(node, x, y), y);
}

void translate_global(Node& node, const char* kind) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
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
