// The sums of convolutions and fully connected layers on int16.
#pragma once

#include "nn/int16/int16.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

inline bool has_bias_of(const Node& node, Type type, std::size_t i = 2) {
  return node.has_input(i) && node.input(i).type == type;
}

// `wide`: sums of 64 bits, rescaled by the rule for those; else they have 32.
nn::Int16Output int16_output(Lowering& node, std::int32_t outputs, bool wide, const Weighted& of = {}, bool rounded = false);

}  // namespace tools::importer
