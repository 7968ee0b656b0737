// Weights: constants of a convolution, with what stands behind it that is one with them: a BatchNormalization.
#pragma once

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

struct Weights {
  Shape shape;                // as the file has it
  std::vector<float> weight;  // in that order
  std::vector<float> bias;    // of each output; as many as outputs
};

// Inputs 1 and 2 of float, `outputs` biases; finite.
Weights float_weights(const Node& node, std::size_t outputs);

// A BatchNormalization that alone reads the node is absorbed: w·k and (b - mean)·k + beta with k = gamma / sqrt(variance +
// epsilon). output_of(i): the output that weight i belongs to.
void absorb_normalization(Node& node, Weights& weights, auto output_of);

struct Scaled {
  std::vector<float> factor, offset;  // y = x·factor + offset
};
// What a BatchNormalization does, from its constants.
Scaled normalization(const Node& node, std::size_t channels);

void absorb_normalization(Node& node, Weights& weights, auto output_of) {
  const NodeData* next = node.next();
  if (node.whole_graph.settings.keeps_normalizations) return;
  if (next == nullptr || next->operation != "BatchNormalization" || !next->domain.empty() || next->inputs.size() != 5) return;
  if (next->inputs[0] != node.output_name(0)) return;
  for (std::size_t i = 1; i < 5; ++i) {
    const Value* constant = node.whole_graph.find(next->inputs[i]);
    if (constant == nullptr || constant->tensor < 0 || !node.whole_graph.is_constant(constant->tensor)) return;
  }
  const Node behind{node.whole_graph, node.next_index()};
  const Scaled by = normalization(behind, weights.bias.size());
  behind.require_known_attributes();
  for (std::size_t i = 0; i < weights.weight.size(); ++i) weights.weight[i] *= by.factor[output_of(i)];
  for (std::size_t o = 0; o < weights.bias.size(); ++o) weights.bias[o] = weights.bias[o] * by.factor[o] + by.offset[o];
  node.absorb();
}

}  // namespace tools::onnx
