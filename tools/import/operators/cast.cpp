// CAST: the stored numbers in another type.
#include <algorithm>

#include "nn/graph/cast.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({node.output().type});
  node.set_output(node.input().shape);
}

template <class To, class From>
void apply(Lowering& node) {
  if constexpr (std::is_same_v<To, From>)
    node.pass();
  else
    node.apply(nn::graph::Cast<To, From>{.count = node.count()});
}

void lower(Lowering& node) {
  const Type to = node.output().type;
  if (std::ranges::find(computed_types, to) == computed_types.end()) node.require_type(node.output(), "an output", Type::float32);
  with_number_of(node.input().type, [&]<class From>(From) {
    with_number_of(to, [&]<class To>(To) { apply<To, From>(node); });
  });
}

const OperatorKind cast{
    {.name = "cast", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
