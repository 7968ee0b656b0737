#include "tools/import/run.hpp"

#include <algorithm>
#include <cstring>

namespace tools::importer {

namespace {

bool is_byte(Type type) { return type == Type::int8 || type == Type::uint8; }

// nn::graph::allowed_overlap.
nn::graph::Overlap overlap(const Network& network, const Applied& applied, std::size_t i) {
  const Type to = network.tensor(applied.output).type, from = network.tensor(applied.inputs[i]).type;
  return to == from || is_byte(to) || is_byte(from) ? applied.operation->overlap(static_cast<int>(i)) : nn::graph::no_overlap;
}

}  // namespace

Runner::Runner(const Network& all) : network{all} {
  int placed = 0;
  for (const Place& tensor : network.tensors) number.push_back(tensor.constant.empty() ? placed++ : -1);
  for (const Place& tensor : network.tensors) {
    if (!tensor.constant.empty()) continue;
    const int whole = tensor.whole < 0 ? -1 : number[static_cast<std::size_t>(tensor.whole)];
    tensors.push_back(
        {.bytes = tensor.bytes, .whole = whole, .begin = tensor.begin * bytes_of(tensor.type), .variable = tensor.variable});
  }
  for (const Applied& applied : network.operators) {
    nn::graph::StepFacts& step = steps.emplace_back();
    step.output = number[static_cast<std::size_t>(applied.output)];
    step.first_read = static_cast<std::int32_t>(reads.size());
    for (std::size_t i = 0; i < applied.inputs.size(); ++i)
      if (const int input = number[static_cast<std::size_t>(applied.inputs[i])]; input >= 0)
        reads.push_back({input, overlap(network, applied, i)});
    step.reads = static_cast<std::int32_t>(reads.size()) - step.first_read;
    step.scratch = applied.operation->scratch();
    step.state = applied.operation->state();
  }
  for (int input : network.inputs) inputs.push_back(number[static_cast<std::size_t>(input)]);
  for (int output : network.outputs)
    if (const int computed = number[static_cast<std::size_t>(output)]; computed >= 0) outputs.push_back(computed);
  facts = {.tensors = tensors,
           .steps = steps,
           .reads = reads,
           .inputs = inputs,
           .outputs = outputs,
           .keeps_inputs = network.keeps_inputs};
  blocks.resize(facts.blocks());
  std::vector<std::int32_t> order(2 * facts.blocks());
  workspace = nn::graph::plan(facts, blocks, order);
  memory.resize(static_cast<std::size_t>(workspace + 7) / 8);
  reset();
}

Bytes Runner::run(const std::vector<Bytes>& x) {
  for (std::size_t i = 0; i < x.size(); ++i) std::memcpy(at_tensor(network.inputs[i]), x[i].data(), x[i].size());
  for (std::size_t s = 0; s < network.operators.size(); ++s) {
    const Applied& applied = network.operators[s];
    std::vector<nn::graph::Source> from;
    for (int input : applied.inputs) {
      const Bytes& constant = network.tensor(input).constant;
      from.push_back({constant.empty() ? at_tensor(input) : reinterpret_cast<const std::byte*>(constant.data())});
    }
    const nn::graph::Call call{at(facts.scratch_block(s)), nn::graph::backward(facts, blocks, s), at(facts.state_block(s))};
    applied.operation->run(call, at_tensor(applied.output), from);
  }
  Bytes result;
  for (int output : network.outputs) {
    const Place& tensor = network.tensor(output);
    const std::int8_t* const first =
        tensor.constant.empty() ? reinterpret_cast<const std::int8_t*>(at_tensor(output)) : tensor.constant.data();
    result.insert(result.end(), first, first + tensor.bytes);
  }
  return result;
}

void Runner::reset() {
  for (std::size_t s = 0; s < steps.size(); ++s)
    std::fill_n(at(facts.state_block(s)), blocks[facts.state_block(s)].bytes, std::byte{0});
  for (std::size_t t = 0; t < network.tensors.size(); ++t) {
    const Place& tensor = network.tensors[t];
    if (!tensor.variable) continue;
    std::byte* const to = at_tensor(static_cast<int>(t));
    std::fill_n(to, tensor.bytes, std::byte{0});
    if (!tensor.initial.empty()) std::memcpy(to, tensor.initial.data(), tensor.initial.size());
  }
}

}  // namespace tools::importer
