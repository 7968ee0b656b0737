// ARG_MAX and ARG_MIN along one dimension.
#include "nn/graph/arg_extremum.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

std::size_t searched(const Node& node) {
  const std::vector<std::int64_t> axes = node.constant(1);
  if (axes.size() != 1) node.refuse(text(node.input_label(1), " has ", axes.size(), " numbers"), "one dimension");
  return node.axis(axes[0], node.input().shape.size());
}

void check(const Node& node) {
  node.require_inputs(2, 2);
  node.set_output_type({Type::int32, Type::int64});
  Shape y = node.input().shape;
  y.erase(y.begin() + static_cast<std::ptrdiff_t>(searched(node)));
  node.set_output(y);
}

template <class Number>
void lower_numbers(Lowering& node) {
  const Shape& x = node.input().shape;
  const std::size_t axis = searched(node);
  nn::graph::ArgExtremum<Number> search{.outer = 1, .extent = x[axis], .inner = 1, .greatest = node.op.kind == "arg_max"};
  for (std::size_t d = 0; d < x.size(); ++d)
    if (d != axis) (d < axis ? search.outer : search.inner) *= x[d];
  node.apply(search);
}

void lower(Lowering& node) {
  node.require_type(node.output(), "an output", Type::int32);
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const std::vector<Type> types{Type::float32, Type::int8, Type::int16, Type::int32, Type::uint8};
const OperatorKind arg_max{{.name = "arg_max", .types = types, .check = check, .lower = lower}};
const OperatorKind arg_min{{.name = "arg_min", .types = types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
