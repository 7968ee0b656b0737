#include "evaluate.hpp"

#include <algorithm>

namespace reference {

namespace {

const Rules& rules() {
  static const Rules all = [] {
    Rules rules;
    for (void (*add)(Rules&) :
         {add_products, add_pooling, add_elements, add_activations, add_softmax, add_movements, add_reductions, add_recurrent})
      add(rules);
    rules[Op::call_once] = [](Call& call) { call.initialise(); };
    rules[Op::var_handle] = [](Call&) {};
    rules[Op::read_variable] = [](Call& call) { call.read_variable(); };
    rules[Op::assign_variable] = [](Call& call) { call.assign_variable(); };
    return rules;
  }();
  return all;
}

// A state before the first run: the real number 0; the reference sets each byte.
Array at_rest(const Tensor& tensor) {
  Array state{tensor.type, tensor.shape};
  if (tensor.type == Type::int8) std::ranges::fill(state.code, zero(tensor));
  return state;
}

}  // namespace

Range range_of(Type type) {
  switch (type) {
    case Type::int8:
      return {-128, 127};
    case Type::uint8:
      return {0, 255};
    case Type::int16:
      return {-32768, 32767};
    case Type::int32:
      return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
    default:
      throw Unknown{"the range of a type that is not quantized"};
  }
}

// 0: none; 1: RELU; 2: RELU_N1_TO_1; 3: RELU6.
Range activation_range(const Tensor& out, int activation) {
  Range range = range_of(out.type);
  const auto code = [&](float real) {
    const double rounded = std::round(static_cast<double>(real / scale_float(out)));
    return word(
        word(static_cast<Integer>(clamped(static_cast<Integer>(std::clamp(rounded, -1e18, 1e18)), -power(62), power(62)))) +
        zero(out));
  };
  if (activation == 1 || activation == 3) range.least = std::max(range.least, code(0));
  if (activation == 2) range.least = std::max(range.least, code(-1));
  if (activation == 2) range.most = std::min(range.most, code(1));
  if (activation == 3) range.most = std::min(range.most, code(6));
  if (activation > 3) throw Unknown{"a fused activation"};
  return range;
}

double activated(double x, int activation) {
  switch (activation) {
    case 0:
      return x;
    case 1:
      return std::max(x, 0.0);
    case 2:
      return std::clamp(x, -1.0, 1.0);
    case 3:
      return std::clamp(x, 0.0, 6.0);
    case 4:
      return std::tanh(x);
    default:
      throw Unknown{"a fused activation"};
  }
}

const Array& Call::in(std::size_t i) const {
  const auto& value = values.at(static_cast<std::size_t>(what.inputs.at(i)));
  if (!value) throw Unknown{std::string{"a tensor that is read before it is written, by "} + name(what.op)};
  return *value;
}

void Call::set(Array value, std::size_t o) {
  for (std::size_t i = 0; i < value.real.size(); ++i)
    value.real[i] *= 1 + (i * 2654435761u >> 13 & 1 ? 1 : -1) * evaluation.noise;
  values.at(static_cast<std::size_t>(what.outputs.at(o))) = std::move(value);
}

std::vector<int> Call::list(std::size_t i) const {
  std::vector<int> numbers;
  for (Integer code : in(i).code) numbers.push_back(static_cast<int>(code));
  return numbers;
}

// The name of the variable, from the operator that made the handle.
std::string Call::handle(std::size_t i) const {
  for (const Operator& each : graph.operators)
    if (each.op == Op::var_handle && each.outputs.at(0) == what.inputs.at(i)) return each.text;
  throw Unknown{"a variable without a handle"};
}

void Call::initialise() {
  if (evaluation.initialised) return;
  evaluation.initialised = true;
  std::map<int, Array> none;
  evaluation.run(evaluation.model.graphs.at(static_cast<std::size_t>(number("init_subgraph_index"))), {}, none);
}

void Call::read_variable() {
  const auto found = evaluation.variables.find(handle(0));
  if (found != evaluation.variables.end()) return set(found->second);
  Array rest = out();
  std::ranges::fill(rest.code, zero(result()));
  set(rest);
}

void Call::assign_variable() { evaluation.variables[handle(0)] = in(1); }

void Evaluation::reset() {
  states.clear();
  variables.clear();
  initialised = false;
  const Graph& graph = model.graphs.at(0);
  for (std::size_t t = 0; t < graph.tensors.size(); ++t)
    if (graph.tensors[t].variable) states[static_cast<int>(t)] = at_rest(graph.tensors[t]);
}

std::vector<Array> Evaluation::run(const std::vector<Array>& inputs) { return run(model.graphs.at(0), inputs, states); }

std::vector<Array> Evaluation::run(const Graph& graph, const std::vector<Array>& inputs, std::map<int, Array>& kept) {
  std::vector<std::optional<Array>> values(graph.tensors.size());
  for (std::size_t t = 0; t < graph.tensors.size(); ++t)
    if (!graph.tensors[t].data.empty()) values[t] = decode(graph.tensors[t], graph.tensors[t].data);
  for (std::size_t i = 0; i < inputs.size(); ++i) values.at(static_cast<std::size_t>(graph.inputs.at(i))) = inputs[i];
  for (const Operator& each : graph.operators) {
    const auto rule = rules().find(each.op);
    if (rule == rules().end()) throw Unknown{std::string{"the operator "} + name(each.op)};
    Call call{*this, graph, each, values, kept};
    rule->second(call);
    for (int output : each.outputs) {
      auto& value = values[static_cast<std::size_t>(output)];
      if (value && value->size() != count(graph.tensors[static_cast<std::size_t>(output)].shape))
        throw Unknown{std::string{"an output of another size, of "} + name(each.op)};
    }
  }
  std::vector<Array> outputs;
  for (int output : graph.outputs) outputs.push_back(values.at(static_cast<std::size_t>(output)).value());
  return outputs;
}

}  // namespace reference
