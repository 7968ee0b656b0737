// MIRROR_PAD: reflect (mode 0) and symmetric (mode 1).
#include "nn/graph/mirror_pad.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

std::int32_t offset(const Node& node) { return static_cast<std::int32_t>(1 - node.whole("mode", 0, 0, 1)); }

void check(const Node& node) {
  require_moved(node, 2);
  Shape y = node.input().shape;
  const std::vector<std::int64_t> padding = node.constant(1);
  if (padding.size() != 2 * y.size())
    node.refuse(text(node.input_label(1), " has the shape ", node.input(1).shape), text(y.size(), "x2, for the input ", y));
  for (std::size_t d = 0; d < y.size(); ++d) {
    const std::int64_t before = padding[2 * d], after = padding[2 * d + 1], most = y[d] - offset(node);
    if (before < 0 || after < 0 || before > most || after > most)
      node.refuse(text("mirrors ", before, " and ", after, " numbers of ", y[d]), text("0 to ", most));
    y[d] = Node::extent(y[d] + before + after);
  }
  node.set_output(y);
}

template <class Number>
void lower_numbers(Lowering& node) {
  nn::graph::MirrorPad<Number> pad{};
  std::ranges::copy(in_front(node, node.input().shape), pad.input);
  std::ranges::copy(in_front(node, node.output().shape), pad.output);
  const std::vector<std::int64_t> padding = node.constant(1);
  const std::size_t missing = std::size(pad.before) - node.input().shape.size();
  for (std::size_t d = 0; d < node.input().shape.size(); ++d) pad.before[missing + d] = static_cast<std::int32_t>(padding[2 * d]);
  pad.offset = offset(node);
  node.apply(pad);
}

void lower(Lowering& node) {
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind mirror_pad{{.name = "mirror_pad", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
