// What the operators on float32 share.
#pragma once

#include "nn/float32/limits.hpp"
#include "tools/import/lowering.hpp"

namespace tools::importer {

// An operator that cannot have a fused activation lets infinity pass, too.
inline constexpr nn::float32::Limits unlimited{.least = -std::numeric_limits<float>::infinity(),
                                               .most = std::numeric_limits<float>::infinity()};

// What a fused activation leaves of a number.
inline nn::float32::Limits limits(Activation activation) {
  switch (activation) {
    case Activation::relu: return {.least = 0, .most = nn::float32::Limits{}.most};
    case Activation::relu6: return {.least = 0, .most = 6};
    case Activation::relu_n1_to_1: return {.least = -1, .most = 1};
    case Activation::none: break;
  }
  return {};
}

inline std::vector<float> float_weights(const Lowering& node, std::size_t i = 1) {
  node.require_constant(i, "weights");
  return numbers<float>(node.input(i));
}

// Without biases, zeros.
inline const float* float_biases(Lowering& node, std::int32_t outputs, std::size_t i = 2) {
  if (!node.has_input(i)) return node.keep(std::vector<float>(static_cast<std::size_t>(outputs), 0.0f));
  node.require_constant(i, "biases");
  return node.keep(numbers<float>(node.input(i)));
}

}  // namespace tools::importer
