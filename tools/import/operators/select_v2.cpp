// SELECT and SELECT_V2: of two tensors the first where a condition holds.
#include "nn/graph/select.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(3, 3);
  node.require_type(0, {Type::boolean});
  node.require_type(2, {node.input(1).type});
  node.set_output_type({node.input(1).type});
  node.set_output(broadcast_shape(node, node.input(0).shape, broadcast_shape(node, node.input(1).shape, node.input(2).shape)));
}

template <class Number>
void lower_numbers(Lowering& node) {
  nn::graph::Select<Number> select{};
  std::ranges::copy(in_front(node, node.output().shape), select.extent);
  std::int32_t* const steps[]{select.condition_step, select.a_step, select.b_step};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto shape = in_front(node, node.input(i).shape);
    std::int32_t step = 1;
    for (std::size_t d = shape.size(); d-- > 0; step *= shape[d]) steps[i][d] = shape[d] == 1 ? 0 : step;
  }
  node.apply(select, {0, 1, 2});
}

void lower(Lowering& node) {
  with_number_of(node.input(1).type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind select{{.name = "select", .types = computed_types, .main = 1, .check = check, .lower = lower}};
const OperatorKind select_v2{{.name = "select_v2", .types = computed_types, .main = 1, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
