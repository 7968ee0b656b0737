// GRU: the gates z, r and h, as the importer has them; with linear_before_reset the reset stands behind the product, whose biases
// stay apart.
#include "tools/onnx/operators/recurrent.hpp"

namespace tools::onnx {

namespace {

void translate(Node& node) {
  require_activations(node, {"Sigmoid", "Tanh"});
  const bool behind = node.whole("linear_before_reset", 0) != 0;
  translate_recurrent(node, {.sequence = "gru_sequence",
                             .gates = 3,
                             .states = 1,
                             .attributes = {{"reset_behind", std::int64_t{behind}}},
                             .joins_biases = !behind});
}

const OperatorKind gru{"GRU", translate};

}  // namespace

}  // namespace tools::onnx
