// RNN: one gate, whose function is Tanh, Relu or Sigmoid.
#include "tools/onnx/operators/recurrent.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  const std::string function = activations(node, {"Tanh"})[0];
  if (function != "tanh" && function != "relu" && function != "sigmoid")
    node.refuse("has the activation " + importer::in_quotes(function), "Tanh, Relu or Sigmoid");
  translate_recurrent(node, {.sequence = "rnn_sequence", .gates = 1, .states = 1, .attributes = {{"function", function}}});
}

const OperatorKind rnn{"RNN", translate};

}  // namespace

}  // namespace tools::onnx
