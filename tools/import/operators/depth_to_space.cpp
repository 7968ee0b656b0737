// DEPTH_TO_SPACE and SPACE_TO_DEPTH: channels become blocks of pixels, and back.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

bool to_space(const Node& node) { return node.op.kind == "depth_to_space"; }

void check(const Node& node) {
  require_moved(node, 1);
  node.require_rank(0, 4);
  const int block = node.size("block_size");
  const Shape& x = node.input().shape;
  const bool fits = to_space(node) ? x[3] % block == 0 && x[3] / block % block == 0 : x[1] % block == 0 && x[2] % block == 0;
  if (!fits) node.refuse(text("divides ", x, " into blocks of ", block), "extents that it divides");
  node.set_output(to_space(node) ? Shape{x[0], Node::extent(std::int64_t{x[1]} * block), Node::extent(std::int64_t{x[2]} * block),
                                         x[3] / block / block}
                                 : Shape{x[0], x[1] / block, x[2] / block, Node::extent(std::int64_t{x[3]} * block * block)});
}

void lower(Lowering& node) {
  const int block = node.size("block_size");
  const Shape &x = node.input().shape, &y = node.output().shape;
  if (to_space(node)) {
    const std::int32_t row = block * y[3];  // what goes side by side
    return apply_strided(node, {{x[0] * x[1], x[2] * x[3]}, {block, row}, {x[2], x[3]}, {row, 1}}, 0);
  }
  const std::int32_t row = block * x[3];
  apply_strided(node, {{y[0] * y[1], block * x[2] * x[3]}, {y[2], row}, {block, x[2] * x[3]}, {row, 1}}, 0);
}

const OperatorKind depth_to_space{{.name = "depth_to_space", .types = computed_types, .check = check, .lower = lower}};
const OperatorKind space_to_depth{{.name = "space_to_depth", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
