// SLICE: from a first index on, so many; -1: all that follow.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  require_moved(node, 3);
  const Shape& x = node.input().shape;
  const std::vector<std::int64_t> begin = one_each(node, 1), size = one_each(node, 2);
  Shape y;
  for (std::size_t d = 0; d < x.size(); ++d) {
    const bool inside = 0 <= begin[d] && begin[d] < x[d];
    const std::int64_t rest = inside ? x[d] - begin[d] : 0;
    if (!inside || size[d] < -1 || size[d] == 0 || size[d] > rest)
      node.refuse(text("takes ", size[d], " from ", begin[d], " on of dimension ", d), text("a part of ", x));
    y.push_back(Node::extent(size[d] == -1 ? rest : size[d]));
  }
  node.set_output(y);
}

void lower(Lowering& node) {
  const std::vector<std::int32_t> stride = strides(node.input().shape);
  const std::vector<std::int64_t> begin = one_each(node, 1);
  std::vector<Loop> loops;
  std::int32_t start = 0;
  for (std::size_t d = 0; d < stride.size(); ++d) {
    start += static_cast<std::int32_t>(begin[d]) * stride[d];
    loops.push_back({node.output().shape[d], stride[d]});
  }
  apply_strided(node, loops, start);
}

std::optional<Part> part(const Node& node, std::size_t) {
  const std::vector<std::int64_t> begin = one_each(node, 1);
  return Part{node.op.inputs[0], {begin.begin(), begin.end()}};
}

const OperatorKind slice{{.name = "slice", .types = computed_types, .check = check, .lower = lower, .part = part}};

}  // namespace

}  // namespace tools::importer
