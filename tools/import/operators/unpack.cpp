// UNPACK: each index of one dimension becomes an output.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

std::size_t unpacked(const Node& node) { return node.axis(node.whole("axis"), node.input().shape.size()); }

void check(const Node& node) {
  node.require_inputs(1, 1, node.op.outputs.size());
  node.require_one_scale(0);
  Shape y = node.input().shape;
  const std::size_t axis = unpacked(node);
  if (static_cast<std::size_t>(y[axis]) != node.op.outputs.size())
    node.refuse(text("unpacks dimension ", axis, " of ", y, " for ", node.op.outputs.size(), " outputs"),
                "one output for each index");
  y.erase(y.begin() + static_cast<std::ptrdiff_t>(axis));
  for (std::size_t i = 0; i < node.op.outputs.size(); ++i) {
    node.set_output_type({node.input().type}, i);
    node.set_output(y, i);
  }
}

void lower(Lowering& node) {
  const Shape& x = node.input().shape;
  const std::vector<std::int32_t> stride = strides(x);
  const std::size_t axis = unpacked(node);
  for (std::size_t i = 0; i < node.op.outputs.size(); ++i) {
    std::vector<Loop> loops;
    for (std::size_t d = 0; d < x.size(); ++d)
      if (d != axis) loops.push_back({x[d], stride[d]});
    apply_strided(node, loops, static_cast<std::int32_t>(i) * stride[axis], 0, i);
  }
}

const OperatorKind unpack{{.name = "unpack", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
