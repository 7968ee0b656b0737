#include "tools/import/operators/recurrent.hpp"

namespace tools::importer {

namespace {

void require_shape(const Node& node, std::size_t i, const Shape& shape) {
  node.require_type(i, {Type::float32});
  if (node.input(i).shape != shape) node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape), text(shape));
}

}  // namespace

void check_recurrent(const Node& node, int gates, int biases, std::size_t states, int tails) {
  node.require_inputs(4, first_state + states);
  node.require_type(0, {Type::float32});
  node.set_output_type({Type::float32});
  node.require_rank(0, 3);
  node.require_rank(2, 2);
  const Shape& x = node.input(0).shape;
  const int units = node.input(2).shape[1];
  const std::int64_t rows = std::int64_t{gates} * units;
  require_shape(node, 1, {Node::extent(rows), x[2]});
  require_shape(node, 2, {Node::extent(rows), units});
  require_shape(node, 3, {Node::extent(std::int64_t{biases} * units)});
  for (std::size_t i = first_state; i < node.op.inputs.size(); ++i) {
    if (!node.has_input(i)) node.refuse(text("lacks its input ", i), "a tensor");
    require_shape(node, i, {x[1], units});
  }
  const std::int64_t steps = node.flag("last_only") ? 1 : x[0];
  node.set_output({Node::extent((steps + tails) * x[1]), units});
}

nn::graph::Recurrence recurrence(const Node& node) {
  const Shape& x = node.input(0).shape;
  return {.steps = x[0],
          .batch = x[1],
          .inputs = x[2],
          .units = node.input(2).shape[1],
          .reversed = node.flag("reversed"),
          .last_only = node.flag("last_only")};
}

nn::float32::Gates gates(Lowering& node) {
  for (std::size_t i = 1; i < first_state; ++i) node.require_constant(i, i < 3 ? "weights" : "biases");
  return {node.keep(numbers<float>(node.input(1))), node.keep(numbers<float>(node.input(2))),
          node.keep(numbers<float>(node.input(3)))};
}

std::vector<std::size_t> recurrent_inputs(const Node& node) {
  std::vector<std::size_t> inputs{0};
  for (std::size_t i = first_state; i < node.op.inputs.size(); ++i) inputs.push_back(i);
  return inputs;
}

}  // namespace tools::importer
