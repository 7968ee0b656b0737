#include "tools/import/operators/strided.hpp"

#include <algorithm>

#include "nn/graph/strided_copy.hpp"

namespace tools::importer {

namespace {

template <class Number>
void apply_copy(Lowering& node, const std::vector<Loop>& merged, std::int32_t start, std::int32_t block, std::size_t from,
                std::size_t to) {
  nn::graph::StridedCopy<Number> copy{};
  constexpr std::size_t dimensions = std::size(decltype(copy.extent){});
  if (merged.size() > dimensions)
    node.refuse(text("moves numbers along ", merged.size(), " dimensions"), text("at most ", dimensions));
  std::fill_n(copy.extent, dimensions, 1);
  for (std::size_t i = 0; i < merged.size(); ++i) {
    copy.extent[dimensions - 1 - i] = merged[i].extent;
    copy.step[dimensions - 1 - i] = merged[i].step;
  }
  copy.start = start;
  copy.block = block;
  node.apply(copy, {from}, to);
}

}  // namespace

std::vector<std::int32_t> strides(const Shape& shape) {
  std::vector<std::int32_t> stride(shape.size(), 1);
  for (std::size_t d = stride.size(); d-- > 1;) stride[d - 1] = stride[d] * shape[d];
  return stride;
}

// Loops that go on where the ones within them end become one; what then lies together is a block.
void apply_strided(Lowering& node, const std::vector<Loop>& loops, std::int32_t start, std::size_t from, std::size_t to) {
  std::int32_t block = 1;
  std::vector<Loop> merged;  // from the innermost
  for (std::size_t d = loops.size(); d-- > 0;) {
    const Loop& loop = loops[d];
    if (loop.extent == 1) continue;
    if (merged.empty() && loop.step == block)
      block *= loop.extent;
    else if (!merged.empty() && loop.step == merged.back().extent * merged.back().step)
      merged.back().extent *= loop.extent;
    else
      merged.push_back(loop);
  }
  if (merged.empty() && block == node.count(from)) return node.pass(from, to);
  with_number_of(node.input(from).type, [&]<class Number>(Number) { apply_copy<Number>(node, merged, start, block, from, to); });
}

std::vector<std::int64_t> one_each(const Node& node, std::size_t i) {
  const std::vector<std::int64_t> values = node.constant(i);
  const std::size_t rank = node.input().shape.size();
  if (values.size() != rank)
    node.refuse(text(node.input_label(i), " has ", values.size(), " numbers"), text(rank, ", the dimensions of its input"));
  return values;
}

}  // namespace tools::importer
