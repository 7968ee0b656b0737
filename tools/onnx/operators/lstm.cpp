// LSTM: the gates i, o, f and c, as the importer has them.
#include "tools/onnx/operators/recurrent.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  require_activations(node, {"Sigmoid", "Tanh", "Tanh"});
  translate_recurrent(
      node,
      {.sequence = "lstm_sequence", .gates = 4, .states = 2, .attributes = {{"coupled", node.whole("input_forget", 0, 0, 1)}}});
}

const OperatorKind lstm{"LSTM", translate};

}  // namespace

}  // namespace tools::onnx
