// TRANSPOSE: input 1 says which dimension of the input becomes each of the output.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  require_moved(node, 2);
  const Shape& x = node.input().shape;
  const auto rank = static_cast<std::int64_t>(x.size());
  std::vector<bool> taken(x.size(), false);
  Shape y;
  for (std::int64_t from : one_each(node, 1)) {
    if (from < 0 || from >= rank || taken[static_cast<std::size_t>(from)])
      node.refuse(text(node.input_label(1), " has ", from, " at ", y.size()), text("each of ", rank, " dimensions once"));
    taken[static_cast<std::size_t>(from)] = true;
    y.push_back(x[static_cast<std::size_t>(from)]);
  }
  node.set_output(y);
}

void lower(Lowering& node) {
  const std::vector<std::int32_t> stride = strides(node.input().shape);
  const std::vector<std::int64_t> permutation = one_each(node, 1);
  std::vector<Loop> loops;
  for (std::size_t d = 0; d < stride.size(); ++d)
    loops.push_back({node.output().shape[d], stride[static_cast<std::size_t>(permutation[d])]});
  apply_strided(node, loops, 0);
}

const OperatorKind transpose{{.name = "transpose", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
