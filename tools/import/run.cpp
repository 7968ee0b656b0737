#include <algorithm>
#include <cstring>
#include <type_traits>

#include "nn/graph/run.hpp"
#include "tools/import/network.hpp"

namespace tools::importer {

namespace {

using nn::graph::Overlap;

// By the types that the operator takes: its overlap, where the compiler uses it.
Overlap overlap(const Network& network, const Applied& applied, std::size_t i) {
  const auto type = [&](int tensor) { return network.tensors[static_cast<std::size_t>(tensor)].type; };
  const tflite::Type to = type(applied.output), from = type(applied.inputs[i]);
  if (to != from && to != tflite::Type::int8 && from != tflite::Type::int8) return nn::graph::no_overlap;
  return std::visit([i](const auto& operation) { return operation.overlap(static_cast<int>(i)); }, applied.operation);
}

}  // namespace

Runner::Runner(const Network& all) : network{all} {
  for (const Tensor& tensor : network.tensors) {
    number.push_back(tensor.constant.empty() ? static_cast<int>(tensors.size()) : -1);
    if (tensor.constant.empty()) tensors.push_back({.bytes = tensor.bytes});
  }
  for (const Applied& applied : network.operators) {
    nn::graph::StepFacts& step = steps.emplace_back();
    step.output = number[static_cast<std::size_t>(applied.output)];
    step.first_read = static_cast<std::int32_t>(reads.size());
    for (std::size_t i = 0; i < applied.inputs.size(); ++i)
      if (const int input = number[static_cast<std::size_t>(applied.inputs[i])]; input >= 0) reads.push_back({input, overlap(network, applied, i)});
    step.reads = static_cast<std::int32_t>(reads.size()) - step.first_read;
    step.scratch = std::visit([](const auto& operation) { return nn::graph::scratch_bytes(operation); }, applied.operation);
    step.state = std::visit([](const auto& operation) { return nn::graph::state_bytes(operation); }, applied.operation);
  }
  for (int input : network.inputs) inputs.push_back(number[static_cast<std::size_t>(input)]);
  for (int output : network.outputs) outputs.push_back(number[static_cast<std::size_t>(output)]);
  facts = {.tensors = tensors, .steps = steps, .reads = reads, .inputs = inputs, .outputs = outputs};
  blocks.resize(facts.blocks());
  std::vector<std::int32_t> order(2 * facts.blocks());
  memory.resize(static_cast<std::size_t>(nn::graph::plan(facts, blocks, order) + 7) / 8);
}

std::byte* Runner::at(int tensor) {
  return reinterpret_cast<std::byte*>(memory.data()) + blocks[static_cast<std::size_t>(number[static_cast<std::size_t>(tensor)])].offset;
}

std::vector<std::int8_t> Runner::run(const std::vector<std::vector<std::int8_t>>& x) {
  for (std::size_t i = 0; i < x.size(); ++i) std::memcpy(at(network.inputs[i]), x[i].data(), x[i].size());
  std::byte* const workspace = reinterpret_cast<std::byte*>(memory.data());
  for (std::size_t s = 0; s < network.operators.size(); ++s) {
    const Applied& applied = network.operators[s];
    std::vector<nn::graph::Source> from;
    for (int input : applied.inputs) {
      const std::vector<std::int8_t>& constant = network.tensors[static_cast<std::size_t>(input)].constant;
      from.push_back({constant.empty() ? at(input) : reinterpret_cast<const std::byte*>(constant.data())});
    }
    const nn::graph::Call call{workspace + blocks[facts.scratch_block(s)].offset, nn::graph::backward(facts, blocks, s),
                               workspace + blocks[facts.state_block(s)].offset};
    std::visit([&](const auto& operation) { nn::graph::run<target::Kernels>(operation, call, at(applied.output), from); }, applied.operation);
  }
  std::vector<std::int8_t> result;
  for (int output : network.outputs) {
    const std::int8_t* const first = reinterpret_cast<const std::int8_t*>(at(output));
    result.insert(result.end(), first, first + network.tensors[static_cast<std::size_t>(output)].bytes);
  }
  return result;
}

void Runner::reset() {
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const nn::graph::Block& state = blocks[facts.state_block(s)];
    std::fill_n(reinterpret_cast<std::byte*>(memory.data()) + state.offset, state.bytes, std::byte{0});
  }
}

}  // namespace tools::importer
