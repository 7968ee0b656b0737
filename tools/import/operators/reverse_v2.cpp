// REVERSE_V2: the order along some dimensions turned round.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  require_moved(node, 2);
  for (std::int64_t axis : node.constant(1)) node.axis(axis, node.input().shape.size());
  node.set_output(node.input().shape);
}

void lower(Lowering& node) {
  const Shape& x = node.input().shape;
  const std::vector<std::int32_t> stride = strides(x);
  std::vector<bool> turned(x.size(), false);
  for (std::int64_t axis : node.constant(1)) turned[node.axis(axis, x.size())] = true;
  std::vector<Loop> loops;
  std::int32_t start = 0;
  for (std::size_t d = 0; d < x.size(); ++d) {
    loops.push_back({x[d], turned[d] ? -stride[d] : stride[d]});
    if (turned[d]) start += (x[d] - 1) * stride[d];
  }
  apply_strided(node, loops, start);
}

const OperatorKind reverse_v2{{.name = "reverse_v2", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
