// GRU_SEQUENCE: the gates z, r and n, and one state. With `reset_behind` the reset stands behind the product with the state, and
// the biases of this product follow those of the gates.
#include "nn/float32/gru_sequence.hpp"
#include "nn/int8/gru_sequence.hpp"
#include "tools/import/operators/int16_tables.hpp"
#include "tools/import/operators/recurrent.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) { check_recurrent(node, 3, node.flag("reset_behind") ? 4 : 3, 1); }

void lower_codes(Lowering& node) {
  const bool behind = node.flag("reset_behind");
  node.apply(nn::int8::GruSequence{.shape = recurrence(node),
                                   .update = coded_gate(node, 0),
                                   .reset = coded_gate(node, 1),
                                   .candidate = behind ? coded_gate(node, 2, 4096, 2048, 3) : coded_gate(node, 2),
                                   .resets_before = !behind,
                                   .output_scale = output_scale(node),
                                   .zero = zero(node.output()),
                                   .table = node.keep(sigmoid_table())});
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_codes(node);
  nn::float32::GruSequence lowered{
      .shape = recurrence(node), .gates = gates(node), .resets_before = !node.flag("reset_behind"), .reset_bias = nullptr};
  if (!lowered.resets_before) {
    const std::vector<float> biases = numbers<float>(node.input(3));
    lowered.reset_bias = node.keep(std::vector<float>(biases.end() - lowered.shape.units, biases.end()));
  }
  node.apply(lowered, recurrent_inputs(node));
}

const OperatorKind kind{{.name = "gru_sequence", .types = {Type::float32, Type::int8}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
