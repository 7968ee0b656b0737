#include <algorithm>
#include <type_traits>

#include "tools/import/network.hpp"

namespace tools::importer {

namespace {

using nn::int8::Place;

void apply(const auto& operation, Place<std::int8_t> y, const std::vector<Place<const std::int8_t>>& x, std::vector<std::int64_t>& state) {
  using Operator = std::remove_cvref_t<decltype(operation)>;
  std::vector<std::int8_t> scratch(static_cast<std::size_t>(operation.scratch()));
  state.resize(static_cast<std::size_t>(nn::int8::state_bytes(operation) + 7) / 8, 0);
  const nn::int8::Call call{scratch.data(), false, reinterpret_cast<std::int8_t*>(state.data())};
  if constexpr (std::is_same_v<Operator, nn::int8::Concatenation>)
    operation.run_all(y, x);
  else if constexpr (requires { operation.template run<target::Kernels>(call, y, x[0], x[1]); })
    operation.template run<target::Kernels>(call, y, x[0], x[1]);
  else
    operation.template run<target::Kernels>(call, y, x[0]);
}

}  // namespace

std::vector<std::int8_t> run(const Network& network, const std::vector<std::vector<std::int8_t>>& inputs, States& states) {
  states.resize(network.operators.size());
  // In words, so that floats are aligned.
  std::vector<std::vector<std::int64_t>> memory;
  for (const Tensor& tensor : network.tensors) {
    memory.emplace_back(static_cast<std::size_t>(tensor.bytes + 7) / 8);
    std::ranges::copy(tensor.constant, reinterpret_cast<std::int8_t*>(memory.back().data()));
  }
  const auto at = [&](int tensor) { return reinterpret_cast<std::int8_t*>(memory[static_cast<std::size_t>(tensor)].data()); };

  for (std::size_t i = 0; i < inputs.size(); ++i) std::copy(inputs[i].begin(), inputs[i].end(), at(network.inputs[i]));
  for (std::size_t o = 0; o < network.operators.size(); ++o) {
    const Applied& applied = network.operators[o];
    std::vector<Place<const std::int8_t>> x;
    for (int input : applied.inputs) x.push_back({at(input)});
    std::visit([&](const auto& operation) { apply(operation, {at(applied.output)}, x, states[o]); }, applied.operation);
  }
  std::vector<std::int8_t> result;
  for (int output : network.outputs) result.insert(result.end(), at(output), at(output) + network.tensors[static_cast<std::size_t>(output)].bytes);
  return result;
}

}  // namespace tools::importer
