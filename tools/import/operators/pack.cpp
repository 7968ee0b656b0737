// PACK: tensors side by side along a new dimension.
#include <numeric>

#include "nn/graph/concatenation.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  const std::size_t parts = node.op.inputs.size();
  node.require_inputs(std::max<std::size_t>(1, parts), std::max<std::size_t>(1, parts));
  if (const std::int64_t stated = node.whole("values_count"); stated != static_cast<std::int64_t>(parts))
    node.refuse(text("packs ", stated, " tensors"), text(parts, ", its inputs"));
  node.set_output_type({node.input(0).type});
  Shape y = node.input(0).shape;
  const std::size_t axis = node.axis(node.whole("axis"), y.size() + 1);
  for (std::size_t i = 0; i < parts; ++i) {
    node.require_type(i, {node.input(0).type});
    node.require_one_scale(i);
    if (node.input(i).shape != y)
      node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape), text(y, ", like the first"));
  }
  y.insert(y.begin() + static_cast<std::ptrdiff_t>(axis), static_cast<int>(parts));
  node.set_output(y);
}

template <class Number>
void lower_numbers(Lowering& node) {
  const Shape& y = node.output().shape;
  const std::size_t axis = node.axis(node.whole("axis"), y.size());
  std::int32_t repeats = 1;
  for (std::size_t d = 0; d < axis; ++d) repeats *= y[d];
  std::vector<std::size_t> inputs(node.op.inputs.size());
  std::iota(inputs.begin(), inputs.end(), std::size_t{0});
  const std::int32_t* part = node.keep(std::vector<std::int32_t>(inputs.size(), node.count(0) / repeats));
  node.apply(
      nn::graph::Concatenation<Number>{.repeats = repeats, .inputs = static_cast<std::int32_t>(inputs.size()), .part = part},
      inputs);
}

void lower(Lowering& node) {
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind pack{{.name = "pack", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
