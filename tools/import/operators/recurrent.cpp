#include "tools/import/operators/recurrent.hpp"

#include <algorithm>
#include <cstdlib>

#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void require_shape(const Node& node, std::size_t i, Type type, const Shape& shape) {
  node.require_type(i, {type});
  if (node.input(i).shape != shape) node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape), text(shape));
}

}  // namespace

void check_recurrent(const Node& node, int gates, int biases, std::size_t states, int tails) {
  node.require_inputs(4, first_state + states);
  node.require_type(0, {Type::float32, Type::int8});
  const Type type = node.input(0).type;
  const bool coded = type == Type::int8;
  node.set_output_type({type});
  node.require_one_scale(0);
  node.require_rank(0, 3);
  node.require_rank(2, 2);
  const Shape& x = node.input(0).shape;
  const int units = node.input(2).shape[1];
  const std::int64_t rows = std::int64_t{gates} * units;
  require_shape(node, 1, type, {Node::extent(rows), x[2]});
  require_shape(node, 2, type, {Node::extent(rows), units});
  require_shape(node, 3, coded ? Type::int32 : type, {Node::extent(std::int64_t{biases} * units)});
  for (std::size_t i = first_state; i < node.op.inputs.size(); ++i) {
    node.require(!coded, "begins with a state that is given to it", "one that begins at 0, as on int8 all do");
    if (!node.has_input(i)) node.refuse(text("lacks its input ", i), "a tensor");
    require_shape(node, i, type, {x[1], units});
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

namespace {

// Of all rows of gate g.
float gate_scale(const Node& node, std::size_t i, std::size_t g, std::size_t units) {
  const std::vector<float>& all = quantization(node.input(i)).scale;
  if (all.size() == 1) return all[0];
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(g * units), last = first + static_cast<std::ptrdiff_t>(units);
  node.require(node.input(i).quantization.dimension == 0 && std::all_of(first, last, [&](float each) { return each == *first; }),
               "has rows of one gate with different scales", "one scale for each gate");
  return *first;
}

template <class Number>
std::vector<Number> block(const std::vector<Number>& all, std::size_t at, std::size_t size) {
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(at * size);
  return {first, first + static_cast<std::ptrdiff_t>(size)};
}

// Whatever the codes, sums stay within 32 bits when a scale shifts them to the left.
void require_sums(const Node& node, const std::int32_t* bias, const std::int8_t* weight, std::size_t units, std::size_t depth,
                  const Scale& by) {
  for (std::size_t u = 0; u < units; ++u) {
    std::int64_t most = std::abs(std::int64_t{bias[u]});
    for (std::size_t k = 0; k < depth; ++k) most += 128 * std::abs(std::int64_t{weight[u * depth + k]});
    node.require(most << std::max(by.shift, 0) < std::int64_t{1} << 31, "has a gate with sums that pass all bounds",
                 "inputs and weights of a smaller range");
  }
}

}  // namespace

nn::int8::Gate coded_gate(Lowering& node, std::size_t g, double units_x, double units_h,
                          std::optional<std::size_t> recurrent_bias) {
  for (std::size_t i = 1; i < first_state; ++i) node.require_constant(i, i < 3 ? "weights" : "biases");
  const Tensor &x = node.input(0), &y = node.output();
  const auto units = static_cast<std::size_t>(node.input(2).shape[1]), inputs = static_cast<std::size_t>(x.shape[2]);
  const std::vector<std::int64_t> biases = whole_numbers(node.input(3));
  const nn::int8::Gate made =
      keep_gate(node,
                {block(weights(node, 1), g, units * inputs), block(weights(node, 2), g, units * units), block(biases, g, units),
                 recurrent_bias ? block(biases, *recurrent_bias, units) : std::vector<std::int64_t>{},
                 sum_scale(scale(x) * gate_scale(node, 1, g, units), units_x),
                 sum_scale(scale(y) * gate_scale(node, 2, g, units), units_h)},
                zero(x), zero(y));
  require_sums(node, made.weights.bias, made.weights.weight, units, inputs, made.scale);
  require_sums(node, made.recurrent_bias, made.weights.recurrent, units, units, made.recurrent_scale);
  return made;
}

std::vector<std::size_t> recurrent_inputs(const Node& node) {
  std::vector<std::size_t> inputs{0};
  for (std::size_t i = first_state; i < node.op.inputs.size(); ++i) inputs.push_back(i);
  return inputs;
}

}  // namespace tools::importer
