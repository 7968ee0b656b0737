// UNIDIRECTIONAL_SEQUENCE_LSTM. Inputs: x, four times weights of x, four of the last output, three that look at the cell, four
// biases, two of a projection, the last output, the cell, and four of a normalization. Those that look at the cell, project and
// normalize must be absent.
#include <cmath>

#include "nn/float32/lstm.hpp"
#include "nn/int8/lstm.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/lstm.hpp"
#include "tools/import/operators/state.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

constexpr std::size_t last_output = 18, cell = 19;

void require_shape(const Node& node, std::size_t i, const Shape& shape) {
  if (node.input(i).shape != shape) node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape), text(shape));
}

void check(const Node& node) {
  node.require_inputs(9, 24);
  node.require_rank(0, 3);
  node.require_one_scale(0);
  node.require_rank(1, 2);
  const Shape& x = node.input(0).shape;
  const int units = node.input(1).shape[0];
  const Type type = node.input(0).type;
  node.require_type(0, {Type::float32, Type::int8, Type::int16});
  node.set_output_type({type});
  if (const std::string function = node.word("activation", "tanh"); function != "tanh")
    node.refuse("its activation is " + function, "tanh");
  if (const float clip = node.real("cell_clip"); clip < 0) node.refuse(text("its cell clip is ", clip), "at least 0");
  if (node.flag("diagonal_recurrent_tensors")) node.refuse("its recurrent weights are diagonals", "whole matrices");
  for (std::size_t i = 1; i < node.op.inputs.size(); ++i) {
    const bool wanted = i < 9 || (12 <= i && i < 16) || i == last_output || i == cell;
    if (wanted != node.has_input(i))
      node.refuse(text(wanted ? "lacks its input " : "has the input ", i), wanted ? "a tensor" : "none");
  }
  for (std::size_t i = 1; i < 9; ++i) {
    require_shape(node, i, {units, i < 5 ? x[2] : units});
    node.require_type(i, {type == Type::float32 ? Type::float32 : Type::int8});
    node.require_one_scale(i);
  }
  for (std::size_t i = 12; i < 16; ++i) {
    if (!node.has_input(i)) node.refuse(text("lacks its input ", i), "a tensor");
    require_shape(node, i, {units});
    if (type == Type::float32) node.require_type(i, {Type::float32});
    else node.require_type(i, {Type::int32, Type::int64});
  }
  const int batch = x[node.flag("time_major") ? 1 : 0];
  for (const std::size_t i : {last_output, cell}) {
    require_state(node, i);
    if (element_count(node.input(i).shape) != element_count({batch, units}))
      node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape), text(batch, "x", units));
  }
  node.require_type(last_output, {type});
  node.require_type(cell, {type == Type::float32 ? Type::float32 : Type::int16});
  node.set_output({x[0], x[1], units});
}

nn::graph::LstmShape shape(const Node& node) {
  const Shape& x = node.input(0).shape;
  const bool time_major = node.flag("time_major");  // with one of a batch both orders are the same
  return {.batch = x[time_major ? 1 : 0], .time_first = time_major && x[1] > 1, .steps = x[time_major ? 0 : 1], .inputs = x[2],
          .units = node.output().shape[2]};
}

void lower_float(Lowering& node) {
  nn::float32::Lstm lowered{.shape = shape(node), .gates = {}, .clip = 0};
  nn::float32::LstmGate* const gates[]{&lowered.gates.input, &lowered.gates.forget, &lowered.gates.cell, &lowered.gates.output};
  for (std::size_t g = 0; g < 4; ++g) {
    for (std::size_t i : {1 + g, 5 + g}) node.require_constant(i, "weights");
    node.require_constant(12 + g, "biases");
    *gates[g] = {node.keep(numbers<float>(node.input(1 + g))), node.keep(numbers<float>(node.input(5 + g))),
                 node.keep(numbers<float>(node.input(12 + g)))};
  }
  lowered.clip = node.real("cell_clip");
  node.apply(lowered);
}

// Gate `g` of input, forget, cell and output.
template <class Code>
nn::int8::LstmGateOf<Code> gate(Lowering& node, std::size_t g) {
  const Tensor &x = node.input(0), &h = node.input(last_output), &w = node.input(1 + g), &r = node.input(5 + g);
  std::vector<std::int8_t> weight = weights(node, 1 + g), recurrent = weights(node, 5 + g);
  node.require_constant(12 + g, "biases");
  const Scale from_input = sum_scale(scale(x) * scale(w), 4096), from_output = sum_scale(scale(h) * scale(r), 4096);
  const std::vector<std::int64_t> bias = whole_numbers(node.input(12 + g));
  if constexpr (sizeof(Code) == 1) {
    node.require_type(node.input(12 + g), "biases", Type::int32);
    return keep_gate(node, {std::move(weight), std::move(recurrent), bias, {}, from_input, from_output}, zero(x), zero(h));
  } else {
    constexpr std::int64_t most = std::int64_t{1} << 46;
    for (std::int64_t value : bias)
      if (value < -most || value > most) node.refuse(text("has the bias ", value), "biases within 2^46");
    node.require(from_input.shift < 8 && from_output.shift < 8, "has weights of a large scale",
                 "sums that are multiplied by less than 128");
    return {{node.keep(std::move(weight)), node.keep(std::move(recurrent)), node.keep(bias)},
            from_input,
            from_output,
            nullptr,
            false};
  }
}

template <class Code>
void lower_codes(Lowering& node) {
  const Tensor &y = node.output(), &state = node.input(last_output);
  const float fine = scale(node.input(cell));
  const int power = static_cast<int>(std::lround(std::log2(fine)));  // 1/4096 is as the gates have it
  node.require(-20 <= power && power <= 0 && fine == std::ldexp(1.0f, power) && zero(node.input(cell)) == 0,
               "has a cell of another scale", "a power of 2 from 2^-20 to 1, and the zero point 0");
  node.require(scale(state) == scale(y) && zero(state) == zero(y), "has an output of another scale than its state", "the same");
  if (sizeof(Code) == 2)
    for (const Tensor* tensor : {&node.input(0), &y}) require_symmetric(node, *tensor);
  nn::int8::LstmOf<Code> lowered = coded_lstm<Code>(node, -power);
  lowered.shape = shape(node);
  lowered.gates = {gate<Code>(node, 0), gate<Code>(node, 1), gate<Code>(node, 2), gate<Code>(node, 3)};
  if (const float clip = node.real("cell_clip"); clip > 0)
    lowered.clip = static_cast<std::int32_t>(std::min(static_cast<double>(clip) / static_cast<double>(fine), 32767.0));
  node.apply(lowered);
}

void lower(Lowering& node) {
  if (node.input().type == Type::float32) return lower_float(node);
  if (node.input().type == Type::int16) return lower_codes<std::int16_t>(node);
  lower_codes<std::int8_t>(node);
}

const OperatorKind kind{
    {.name = "unidirectional_sequence_lstm", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
