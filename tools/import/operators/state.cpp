#include "tools/import/operators/state.hpp"

#include <algorithm>

namespace tools::importer {

void require_state(const Node& node, std::size_t i) {
  if (!node.has_input(i) || !node.input(i).variable) node.refuse("lacks its state", text("a variable as its input ", i));
  node.require_one_scale(i);
  for (std::size_t other = 0; other < node.model.operators.size(); ++other) {
    const Operator& reader = node.model.operators[other];
    if (std::ranges::count(reader.inputs, node.op.inputs[i]) > (other == node.index ? 1 : 0))
      node.refuse(text(node.input_label(i), " is also read by ", label(reader, other)), "a state of its own");
  }
}

void subtract_zero(std::vector<std::uint32_t>& sum, const std::vector<std::int8_t>& weight, std::int32_t zero) {
  if (sum.empty()) return;
  const std::size_t depth = weight.size() / sum.size();
  for (std::size_t i = 0; i < weight.size(); ++i) sum[i / depth] -= static_cast<std::uint32_t>(zero * weight[i]);
}

}  // namespace tools::importer
