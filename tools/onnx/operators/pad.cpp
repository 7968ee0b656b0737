// Pad: what is negative cuts off.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/parts.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

namespace {

// One mirrored or repeated number after another: indices along a dimension.
std::vector<std::int64_t> outside(const std::string& mode, std::int64_t before, std::int64_t size, std::int64_t after) {
  std::vector<std::int64_t> indices;
  for (std::int64_t i = -before; i < size + after; ++i) {
    std::int64_t at = i;
    if (mode == "wrap")
      at = ((i % size) + size) % size;
    else if (mode == "edge" || size == 1)
      at = std::clamp<std::int64_t>(i, 0, size - 1);
    else {
      const std::int64_t period = 2 * size - 2, within = ((i % period) + period) % period;
      at = within < size ? within : period - within;
    }
    indices.push_back(at);
  }
  return indices;
}

void translate(Node& node) {
  const bool by_attributes = node.opset() < 11;
  node.require_inputs(by_attributes ? 1 : 2, by_attributes ? 1 : 4);
  node.require_type(0, {DataType::float32});
  const bool codes = is_coded(node, node.value());
  Value x = node.value();
  const std::size_t rank = x.shape.size();
  const std::string mode = node.word("mode", "constant");
  const std::vector<std::int64_t> stated = by_attributes ? node.list("pads") : node.integers(1);
  const float filled = by_attributes ? node.real("value", 0) : node.has(2) ? node.real_input(2) : 0.0f;
  // Codes are padded with their zero point.
  const bool zeros = codes && (mode != "constant" || filled == 0);
  if (!zeros) x = node.input();
  std::vector<std::size_t> axes = in_order(rank);
  if (!by_attributes && node.has(3)) axes = node.axes(node.integers(3), rank);
  if (stated.size() != 2 * axes.size())
    node.refuse(text("has ", stated.size(), " pads"), text(2 * axes.size(), ", before and after ", axes.size(), " dimensions"));
  std::vector<std::int64_t> before(rank, 0), after(rank, 0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    before[axes[i]] = stated[i];
    after[axes[i]] = stated[axes.size() + i];
  }
  // What is negative is cut off first.
  std::vector<Part> parts = whole_parts(x);
  for (std::size_t d = 0; d < rank; ++d) {
    for (std::int64_t pad : {before[d], after[d]})
      if (pad < -(1 << 24) || pad > 1 << 24) node.refuse(text("pads by ", pad), "at most 2^24");
    parts[d].begin = std::max<std::int64_t>(0, -before[d]);
    parts[d].count = x.shape[d] - parts[d].begin - std::max<std::int64_t>(0, -after[d]);
    if (parts[d].count < 1) node.refuse(text("leaves nothing of dimension ", d), "at least one index");
    before[d] = std::max<std::int64_t>(0, before[d]);
    after[d] = std::max<std::int64_t>(0, after[d]);
  }
  x = part_of(node, x, parts);
  const Order order = node.order(x);
  Value made = x;
  std::vector<std::int64_t> padding;
  bool nothing = true;
  for (std::size_t d : order) {
    padding.insert(padding.end(), {before[d], after[d]});
    nothing = nothing && before[d] == 0 && after[d] == 0;
    made.shape[d] += static_cast<int>(before[d] + after[d]);
  }
  if (nothing) return node.define(0, x);
  made.tensor = node.in(x, order);
  if (mode == "constant") {
    const int stated_padding = node.whole_graph.reshaped(node.index, node.constant(padding), {static_cast<int>(rank), 2});
    made.tensor = zeros ? node.emit("pad", {made.tensor, stated_padding})
                        : node.emit("padv2", {made.tensor, stated_padding, node.constant(std::vector<float>{filled}, {})});
  } else if (mode == "reflect" || mode == "edge" || mode == "wrap") {
    for (std::size_t place = 0; place < rank; ++place) {
      const std::int64_t size = x.shape[order[place]];
      if (before[order[place]] + after[order[place]] == 0) continue;
      if (mode == "reflect" && std::max(before[order[place]], after[order[place]]) >= size)
        node.refuse(text("mirrors more than the ", size, " numbers of dimension ", order[place]), "fewer");
      made.tensor =
          node.emit("gather", {made.tensor, node.constant(outside(mode, before[order[place]], size, after[order[place]]))},
                    {{"axis", static_cast<std::int64_t>(place)}});
    }
  } else {
    node.refuse("has the mode " + importer::in_quotes(mode), "constant, reflect, edge or wrap");
  }
  made.layout = layout_of(made.shape, order);
  node.define(0, made);
}

const OperatorKind pad{"Pad", translate};

}  // namespace

}  // namespace tools::onnx
