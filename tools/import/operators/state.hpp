// What operators share that keep a state from run to run.
#pragma once

#include "tools/import/node.hpp"

namespace tools::importer {

// Input i is a variable that no other operator reads.
void require_state(const Node& node, std::size_t i);

// sum -= zero·Σ w of the weights that belong to each; sums wrap.
void subtract_zero(std::vector<std::uint32_t>& sum, const std::vector<std::int8_t>& weight, std::int32_t zero);

}  // namespace tools::importer
