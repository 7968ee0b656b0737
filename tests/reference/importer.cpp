#include "importer.hpp"

#include <algorithm>
#include <cstring>

#include "nn/int8/plan.hpp"
#include "tools/import/header.hpp"
#include "tools/import/network.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/tflite/model.hpp"

namespace reference {

namespace {

using namespace tools::importer;
using nn::int8::Place;

constexpr std::size_t most_blocks = 192, most_steps = 64, most_inputs = 8;

void apply(const auto& operation, nn::int8::Call call, Place<std::int8_t> y, const std::vector<Place<const std::int8_t>>& x) {
  using Operator = std::remove_cvref_t<decltype(operation)>;
  if constexpr (std::is_same_v<Operator, nn::int8::Concatenation>)
    operation.run_all(y, x);
  else if constexpr (requires { operation.template run<target::Kernels>(call, y, x[0], x[1]); })
    operation.template run<target::Kernels>(call, y, x[0], x[1]);
  else
    operation.template run<target::Kernels>(call, y, x[0]);
}

}  // namespace

struct Imported::Parts {
  Network network;
  std::array<nn::int8::Block, most_blocks> blocks{};
  std::array<nn::int8::Step<most_inputs>, most_steps> steps{};
  nn::int8::Plan<most_blocks> plan;
  std::vector<std::int64_t> memory;
  std::vector<std::vector<std::int64_t>> constants;  // in words, so that floats are aligned
  std::vector<std::size_t> state;                    // block of each operator, 0: none

  bool constant(int t) const { return !network.tensors[static_cast<std::size_t>(t)].constant.empty(); }
  std::int8_t* at(std::size_t block) { return reinterpret_cast<std::int8_t*>(memory.data()) + plan.offset[block]; }

  // As nn::int8::Graph lists them.
  void arrange() {
    const std::size_t tensors = network.tensors.size(), operators = network.operators.size();
    if (tensors + 2 * operators > most_blocks || operators > most_steps)
      throw std::runtime_error{"more tensors than this test holds"};
    for (std::size_t t = 0; t < tensors; ++t) {
      const Tensor& tensor = network.tensors[t];
      blocks[t].bytes = tensor.constant.empty() ? tensor.bytes : 0;
      auto& words = constants.emplace_back(static_cast<std::size_t>(tensor.bytes + 7) / 8);
      std::memcpy(words.data(), tensor.constant.data(), tensor.constant.size());
    }
    std::size_t next = tensors + operators;
    for (std::size_t o = 0; o < operators; ++o) {
      const Applied& applied = network.operators[o];
      const auto step = static_cast<std::int32_t>(o);
      for (int input : applied.inputs) blocks[static_cast<std::size_t>(input)].last = step;
      nn::int8::Block& output = blocks[static_cast<std::size_t>(applied.output)];
      output.first = output.last = step;
      steps[o].output = applied.output;
      std::visit(
          [&](const auto& operation) {
            blocks[tensors + o] = {operation.scratch(), step, step};
            for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
              if (constant(applied.inputs[i])) continue;
              steps[o].overlap[steps[o].inputs] = operation.overlap(static_cast<int>(i));
              steps[o].input[steps[o].inputs++] = applied.inputs[i];
            }
            const std::int32_t kept = nn::int8::state_bytes(operation);
            state.push_back(kept > 0 ? next : 0);
            if (kept > 0) blocks[next++] = {kept, -1, static_cast<std::int32_t>(operators)};
          },
          applied.operation);
    }
    for (int output : network.outputs) blocks[static_cast<std::size_t>(output)].last = static_cast<std::int32_t>(operators);
    plan = nn::int8::Planner<most_blocks, most_steps, most_inputs>{blocks, steps}.best();
    memory.assign(static_cast<std::size_t>(plan.bytes + 15) / 8, 0x5AA55AA55AA55AA5);
    for (std::size_t block : state)
      if (block != 0) std::fill_n(at(block), blocks[block].bytes, std::int8_t{0});
  }

  bool backward(const Applied& applied) const {
    const std::int32_t output = plan.offset[static_cast<std::size_t>(applied.output)];
    for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
      if (constant(applied.inputs[i])) continue;
      const auto t = static_cast<std::size_t>(applied.inputs[i]);
      const std::int32_t below =
          std::visit([&](const auto& operation) { return operation.overlap(static_cast<int>(i)).below; }, applied.operation);
      if (output < plan.offset[t] + blocks[t].bytes && output > plan.offset[t] && below > 0) return true;
    }
    return false;
  }
};

Imported::~Imported() = default;

Imported::Imported(const Bytes& file, bool removes) : parts{std::make_unique<Parts>()} {
  parts->network = lower(tools::tflite::parse_model("model", {file.data(), file.size()}));
  if (removes) remove_constants(parts->network);
  parts->arrange();
}

std::vector<Bytes> Imported::run(const std::vector<Bytes>& inputs) {
  const Network& network = parts->network;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const int t = network.inputs[i];
    if (!parts->constant(t)) std::memcpy(parts->at(static_cast<std::size_t>(t)), inputs[i].data(), inputs[i].size());
  }
  for (std::size_t o = 0; o < network.operators.size(); ++o) {
    const Applied& applied = network.operators[o];
    std::vector<Place<const std::int8_t>> x;
    for (int t : applied.inputs)
      x.push_back({parts->constant(t) ? reinterpret_cast<const std::int8_t*>(parts->constants[static_cast<std::size_t>(t)].data())
                                      : parts->at(static_cast<std::size_t>(t))});
    nn::int8::Call call{parts->at(network.tensors.size() + o), parts->backward(applied)};
    if (parts->state[o] != 0) call.state = parts->at(parts->state[o]);
    std::visit([&](const auto& operation) { apply(operation, call, {parts->at(static_cast<std::size_t>(applied.output))}, x); },
               applied.operation);
  }
  std::vector<Bytes> outputs;
  for (int t : network.outputs) {
    const auto* from = reinterpret_cast<const std::uint8_t*>(parts->at(static_cast<std::size_t>(t)));
    outputs.emplace_back(from, from + network.tensors[static_cast<std::size_t>(t)].bytes);
  }
  return outputs;
}

std::string Imported::header(const std::string& name, const std::vector<std::vector<Bytes>>& inputs,
                             const std::vector<std::vector<Bytes>>& outputs) const {
  Cases cases;
  cases.count = inputs.size();
  const auto collect = [](const std::vector<std::vector<Bytes>>& from, std::vector<std::vector<std::int8_t>>& to) {
    for (const auto& all : from) {
      to.resize(all.size());
      for (std::size_t i = 0; i < all.size(); ++i) to[i].insert(to[i].end(), all[i].begin(), all[i].end());
    }
  };
  collect(inputs, cases.inputs);
  collect(outputs, cases.outputs);
  return tools::importer::header(parts->network, name, "tests/reference", cases);
}

}  // namespace reference
