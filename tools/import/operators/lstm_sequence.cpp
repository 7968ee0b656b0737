// LSTM_SEQUENCE: the gates i, o, f and g, and two states, the output and the cell. `coupled`: f = 1 - i; `gives_cells`: the cell
// stands behind the output.
#include "nn/float32/lstm_sequence.hpp"
#include "tools/import/operators/recurrent.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) { check_recurrent(node, 4, 4, 2, node.flag("gives_cells") ? 1 : 0); }

void lower(Lowering& node) {
  node.apply(nn::float32::LstmSequence{.shape = recurrence(node),
                                       .gates = gates(node),
                                       .coupled = node.flag("coupled"),
                                       .gives_cells = node.flag("gives_cells")},
             recurrent_inputs(node));
}

const OperatorKind kind{{.name = "lstm_sequence", .types = {Type::float32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
