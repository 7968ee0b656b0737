#include "tools/import/view.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

// What the operator that writes a tensor says of it.
std::optional<Part> part_of(Model& model, int tensor) {
  if (!model.tensor(tensor).data.empty() || model.tensor(tensor).variable) return std::nullopt;
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const std::vector<int>& outputs = model.operators[i].outputs;
    const auto found = std::ranges::find(outputs, tensor);
    if (found == outputs.end()) continue;
    const OperatorKind& kind = *OperatorKind::find(model.operators[i].kind);
    return kind.part == nullptr ? std::nullopt : kind.part(Node{model, i}, static_cast<std::size_t>(found - outputs.begin()));
  }
  return std::nullopt;
}

}  // namespace

View view(Model& model, int tensor) {
  View seen{tensor, std::vector<int>(model.tensor(tensor).shape.size(), 0)};
  while (const auto part = part_of(model, seen.tensor)) {
    seen.tensor = part->tensor;
    std::ranges::transform(seen.begin, part->begin, seen.begin.begin(), std::plus{});
  }
  return seen;
}

}  // namespace tools::importer
