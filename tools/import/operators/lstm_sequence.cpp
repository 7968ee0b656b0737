// LSTM_SEQUENCE: the gates i, o, f and g, and two states, the output and the cell. `coupled`: f = 1 - i; `gives_cells`: the cell
// stands behind the output. On int8 they do not, and `cell_bits` says what the cell is in: 2^-cell_bits.
#include "nn/float32/lstm_sequence.hpp"
#include "nn/int8/lstm_sequence.hpp"
#include "tools/import/operators/lstm.hpp"
#include "tools/import/operators/recurrent.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) { check_recurrent(node, 4, 4, 2, node.flag("gives_cells") ? 1 : 0); }

void lower_codes(Lowering& node) {
  node.require(!node.flag("coupled") && !node.flag("gives_cells"), "has coupled gates or gives its cells",
               "four gates and an output alone, on int8");
  nn::int8::LstmSequence lowered{.shape = recurrence(node),
                                 .step = coded_lstm<std::int8_t>(node, static_cast<int>(node.whole("cell_bits", 12, 0, 20)))};
  lowered.step.shape = nn::int8::lstm_shape(lowered.shape);
  lowered.step.shape.steps = 1;
  lowered.step.gates = {
      .input = coded_gate(node, 0), .forget = coded_gate(node, 2), .cell = coded_gate(node, 3), .output = coded_gate(node, 1)};
  node.apply(lowered);
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_codes(node);
  node.apply(nn::float32::LstmSequence{.shape = recurrence(node),
                                       .gates = gates(node),
                                       .coupled = node.flag("coupled"),
                                       .gives_cells = node.flag("gives_cells")},
             recurrent_inputs(node));
}

const OperatorKind kind{{.name = "lstm_sequence", .types = {Type::float32, Type::int8}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
