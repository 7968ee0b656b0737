// SPLIT_V: into parts of stated sizes along a dimension. Input 1 has the sizes, one of which may be -1: the rest; input 2 says
// along which dimension.
#include <numeric>

#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

std::size_t split_axis(const Node& node) {
  const std::vector<std::int64_t> axes = node.constant(2);
  if (axes.size() != 1) node.refuse(text(node.input_label(2), " has ", axes.size(), " numbers"), "one dimension");
  return node.axis(axes[0], node.input().shape.size());
}

std::vector<std::int64_t> sizes(const Node& node) {
  std::vector<std::int64_t> all = node.constant(1);
  const std::int64_t whole = node.input().shape[split_axis(node)];
  const auto rest = std::find(all.begin(), all.end(), -1);
  if (rest != all.end()) *rest = whole - (std::accumulate(all.begin(), all.end(), std::int64_t{0}) + 1);
  const bool good = std::all_of(all.begin(), all.end(), [whole](std::int64_t size) { return size >= 1 && size <= whole; });
  if (!good || std::accumulate(all.begin(), all.end(), std::int64_t{0}) != whole || all.size() != node.op.outputs.size())
    node.refuse(text(node.input_label(1), " does not split ", whole, " for ", node.op.outputs.size(), " outputs"),
                "sizes whose sum is the whole");
  return all;
}

void check(const Node& node) {
  node.require_inputs(3, 3, node.op.outputs.size());
  node.require_one_scale(0);
  Shape y = node.input().shape;
  const std::vector<std::int64_t> parts = sizes(node);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    y[split_axis(node)] = Node::extent(parts[i]);
    node.set_output_type({node.input().type}, i);
    node.set_output(y, i);
  }
}

void lower(Lowering& node) {
  const std::vector<std::int32_t> stride = strides(node.input().shape);
  const std::size_t axis = split_axis(node);
  std::int32_t start = 0;
  for (std::size_t part = 0; part < node.op.outputs.size(); ++part) {
    const Shape& y = node.output(part).shape;
    std::vector<Loop> loops;
    for (std::size_t d = 0; d < stride.size(); ++d) loops.push_back({y[d], stride[d]});
    apply_strided(node, loops, start, 0, part);
    start += y[axis] * stride[axis];
  }
}

std::optional<Part> part(const Node& node, std::size_t output) {
  Part made{node.op.inputs[0], Shape(node.input().shape.size(), 0)};
  const std::size_t axis = split_axis(node);
  for (std::size_t i = 0; i < output; ++i) made.begin[axis] += node.output(i).shape[axis];
  return made;
}

const OperatorKind split_v{{.name = "split_v", .types = computed_types, .check = check, .lower = lower, .part = part}};

}  // namespace

}  // namespace tools::importer
