// LayerKind: what one operator of a model is as layers of nn::Network. Each is written in a file of layers/, which registers it:
//
//   const LayerKind tanh{{.kind = "tanh", .add = [](const Node&, Chain& chain) { chain.add({"Tanh", "", chain.output()}); }}};
//
// No list names them; the sentence that refuses another operator is made of those that are registered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/import/layer.hpp"
#include "tools/import/node.hpp"

namespace tools::importer {

struct LayerFacts {
  std::string_view kind;  // of the operator
  // Of an operator of which one input is computed: its layers, behind what computes that.
  void (*add)(const Node&, Chain&) = nullptr;
  // Of one with several: its layer, from the branches that compute them, of which each begins with the output of the chain.
  void (*join)(const Node&, Chain&, std::vector<Chain>) = nullptr;
};

class LayerKind : public LayerFacts {
 public:
  explicit LayerKind(LayerFacts facts);

  static const LayerKind* find(std::string_view kind);  // nullptr: none
  static std::string expected();                        // "ADD, … or TANH"
};

// A tensor's shape as a layer has it: its last dimension is that of channels, the one before it the width.
nn::Shape layer_shape(const Shape& shape);

// What the fused activation of an operator adds.
void add_activation(const Node& node, Chain& chain);

// The numbers of input i, which must be a constant of float32; `what` it is.
std::vector<float> constant_reals(const Node& node, std::size_t i, const std::string& what);

// Which inputs are computed.
std::vector<std::size_t> computed_inputs(const Node& node);

}  // namespace tools::importer
