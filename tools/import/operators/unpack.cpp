// UNPACK: a tensor's parts along one of its dimensions, which goes.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  const std::size_t parts = node.op.outputs.size();
  node.require_inputs(1, 1, parts);
  node.require_one_scale(0);
  Shape y = node.input().shape;
  const std::size_t axis = node.axis(node.whole("axis"), y.size());
  if (node.whole("num") != static_cast<std::int64_t>(parts) || y[axis] != static_cast<int>(parts))
    node.refuse(text("makes ", parts, " of dimension ", axis, " of ", y), text(y[axis], ", one of each index"));
  y.erase(y.begin() + static_cast<std::ptrdiff_t>(axis));
  for (std::size_t i = 0; i < parts; ++i) {
    node.set_output_type({node.input().type}, i);
    node.set_output(y, i);
  }
}

void lower(Lowering& node) {
  const Shape& x = node.input().shape;
  const std::vector<std::int32_t> stride = strides(x);
  const std::size_t axis = node.axis(node.whole("axis"), x.size());
  for (std::size_t part = 0; part < node.op.outputs.size(); ++part) {
    std::vector<Loop> loops;
    for (std::size_t d = 0; d < x.size(); ++d)
      if (d != axis) loops.push_back({x[d], stride[d]});
    apply_strided(node, loops, static_cast<std::int32_t>(part) * stride[axis], 0, part);
  }
}

const OperatorKind unpack{{.name = "unpack", .types = {Type::float32, Type::int8, Type::int16, Type::int32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
