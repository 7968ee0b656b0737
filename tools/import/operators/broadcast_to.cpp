// BROADCAST_TO: an input of which extents of 1 are repeated; input 1 is the shape that this gives.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  require_moved(node, 2);
  const Shape& x = node.input().shape;
  const std::vector<std::int64_t> wanted = node.constant(1);
  node.require(
      wanted.size() >= x.size(), [&] { return text("makes ", wanted.size(), " dimensions of ", x); }, "at least as many");
  Shape y;
  for (std::size_t d = 0; d < wanted.size(); ++d) {
    const int from = d + x.size() < wanted.size() ? 1 : x[d + x.size() - wanted.size()];
    y.push_back(Node::extent(wanted[d]));
    if (from != 1 && from != y.back()) node.refuse(text("makes an extent of ", y.back(), " of ", from), "1, or the same");
  }
  node.set_output(y);
}

void lower(Lowering& node) {
  const Shape &x = node.input().shape, &y = node.output().shape;
  const std::vector<std::int32_t> stride = strides(x);
  std::vector<Loop> loops;
  for (std::size_t d = 0; d < y.size(); ++d) {
    const std::size_t ahead = y.size() - x.size();
    loops.push_back({y[d], d < ahead || x[d - ahead] == 1 ? 0 : stride[d - ahead]});
  }
  apply_strided(node, loops, 0);
}

const OperatorKind broadcast_to{
    {.name = "broadcast_to", .types = {Type::float32, Type::int8, Type::int16, Type::int32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
