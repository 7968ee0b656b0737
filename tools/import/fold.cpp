#include "tools/import/fold.hpp"

#include <algorithm>

#include "tools/import/lowering.hpp"
#include "tools/import/run.hpp"

namespace tools::importer {

namespace {

bool is_known(const Tensor& tensor) { return !tensor.data.empty() && !tensor.variable; }

// The operator alone with its tensors.
Model alone(const Node& node) {
  Model model{.file = node.model.file,
              .tensors = {},
              .operators = {node.op},
              .inputs = {},
              .outputs = {},
              .rounding = node.model.rounding};
  for (std::vector<int>* tensors : {&model.operators[0].inputs, &model.operators[0].outputs})
    for (int& number : *tensors)
      if (number >= 0) {
        model.tensors.push_back(node.model.tensor(number));
        number = static_cast<int>(model.tensors.size()) - 1;
      }
  return model;
}

std::vector<std::vector<std::uint8_t>> run_once(const Node& node) {
  Model model = alone(node);
  Building building;
  Lowering lowering{model, 0, building};
  lower_operator(lowering);
  Network& network = building.network;
  std::vector<std::vector<std::uint8_t>> bytes;
  for (int output : model.operators[0].outputs) {
    const int made = building.tensor(model, output);
    network.outputs = {made};
    const Bytes& constant = network.tensor(made).constant;  // passed on
    const Bytes values = constant.empty() ? run(network, {}) : constant;
    bytes.emplace_back(values.begin(), values.end());
  }
  return bytes;
}

}  // namespace

std::vector<std::vector<std::uint8_t>> fold(const Node& node, const OperatorKind& kind) {
  if (kind.fold != nullptr)
    if (std::vector<std::vector<std::uint8_t>> known = kind.fold(node); !known.empty()) return known;
  if (std::ranges::any_of(node.op.outputs, [&](int output) { return node.model.tensor(output).variable; })) return {};
  const bool all_known = !node.op.inputs.empty() && kind.lower != nullptr && std::ranges::all_of(node.op.inputs, [&](int input) {
    return input < 0 || is_known(node.model.tensor(input));
  });
  if (!all_known) return {};
  try {
    return run_once(node);
  } catch (const Failure&) {
    return {};  // it will be said when it is lowered
  }
}

}  // namespace tools::importer
