// GATHER: blocks by index along one dimension, from a table or from a tensor.
#include "nn/graph/pick.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

std::size_t picked(const Node& node) { return node.axis(node.whole("axis"), node.input().shape.size()); }

std::size_t batched(const Node& node) {
  const auto rank = static_cast<std::int64_t>(node.input(1).shape.size());
  const std::int64_t stated = node.whole("batch_dims"), batch = stated < 0 ? stated + rank : stated;
  if (batch < 0 || batch > rank || batch > static_cast<std::int64_t>(picked(node)))
    node.refuse(text("has ", stated, " dimensions of a batch"), "at most those before its axis, and of its indices");
  return static_cast<std::size_t>(batch);
}

void check(const Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {Type::int32, Type::int64});
  node.set_output_type({node.input().type});
  const Shape &x = node.input().shape, &index = node.input(1).shape;
  const std::size_t axis = picked(node), batch = batched(node);
  for (std::size_t d = 0; d < batch; ++d)
    if (x[d] != index[d]) node.refuse(text("has the batches ", x, " and ", index), "equal ones");
  Shape y{x.begin(), x.begin() + static_cast<std::ptrdiff_t>(axis)};
  y.insert(y.end(), index.begin() + static_cast<std::ptrdiff_t>(batch), index.end());
  y.insert(y.end(), x.begin() + static_cast<std::ptrdiff_t>(axis) + 1, x.end());
  node.set_output(y);
  if (!node.input(1).data.empty())
    for (std::int64_t chosen : whole_numbers(node.input(1)))
      if (chosen < 0 || chosen >= x[axis]) node.refuse(text("reads index ", chosen), text("0 to ", x[axis] - 1));
}

template <class Number>
void lower_numbers(Lowering& node) {
  const Shape &x = node.input().shape, &index = node.input(1).shape;
  const std::size_t axis = picked(node), batch = batched(node);
  nn::graph::Pick<Number> pick{.batch = 1, .outer = 1, .extent = x[axis], .indices = 1, .block = 1};
  for (std::size_t d = 0; d < x.size(); ++d)
    if (d != axis) (d < batch ? pick.batch : d < axis ? pick.outer : pick.block) *= x[d];
  for (std::size_t d = batch; d < index.size(); ++d) pick.indices *= index[d];
  node.apply(pick, {0, 1});
}

void lower(Lowering& node) {
  node.require_type(node.input(1), "indices", Type::int32);
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind gather{
    {.name = "gather", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
