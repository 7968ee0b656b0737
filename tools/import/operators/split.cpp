// SPLIT: into equal parts along a dimension. Input 0 says along which, input 1 is split.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

std::size_t split_axis(const Node& node) {
  const std::vector<std::int64_t> axes = node.constant(0);
  const auto rank = static_cast<std::int64_t>(node.input(1).shape.size());
  if (axes.size() != 1 || axes[0] < -rank || axes[0] >= rank)
    node.refuse(text(node.input_label(0), axes.size() == 1 ? text(" is ", axes[0]) : text(" has ", axes.size(), " numbers")),
                text("one of ", rank, " dimensions"));
  return node.axis(axes[0], node.input(1).shape.size());
}

void check(const Node& node) {
  node.require_inputs(2, 2, node.op.outputs.size());
  node.require_one_scale(1);
  Shape y = node.input(1).shape;
  const std::size_t axis = split_axis(node);
  const std::int64_t parts = node.whole("num_splits");
  if (parts < 1 || static_cast<std::size_t>(parts) != node.op.outputs.size() || y[axis] % parts != 0)
    node.refuse(text("splits dimension ", axis, " of ", y, " into ", parts, " for ", node.op.outputs.size(), " outputs"),
                "equal parts, one for each");
  y[axis] /= static_cast<int>(parts);
  for (std::size_t i = 0; i < node.op.outputs.size(); ++i) {
    if (node.output(i).type == Type::unknown) node.set_output_type({node.input(1).type}, i);
    if (!node.output(i).shaped) node.set_output(y, i);
    if (node.output(i).shape != y || node.output(i).type != node.input(1).type)
      node.refuse(text(label(node.model, node.op.outputs[i]), " is ", name(node.output(i).type), " ", node.output(i).shape),
                  text(name(node.input(1).type), " ", y));
  }
}

void lower(Lowering& node) {
  const std::vector<std::int32_t> stride = strides(node.input(1).shape);
  const std::size_t axis = split_axis(node);
  const Shape& y = node.output().shape;
  for (std::size_t part = 0; part < node.op.outputs.size(); ++part) {
    std::vector<Loop> loops;
    for (std::size_t d = 0; d < stride.size(); ++d) loops.push_back({y[d], stride[d]});
    apply_strided(node, loops, static_cast<std::int32_t>(part) * y[axis] * stride[axis], 1, part);
  }
}

std::optional<Part> part(const Node& node, std::size_t output) {
  Part made{node.op.inputs[1], Shape(node.input(1).shape.size(), 0)};
  const std::size_t axis = split_axis(node);
  made.begin[axis] = static_cast<int>(output) * node.output().shape[axis];
  return made;
}

const OperatorKind split{{.name = "split", .types = computed_types, .main = 1, .check = check, .lower = lower, .part = part}};

}  // namespace

}  // namespace tools::importer
