// RNN_SEQUENCE: one gate and one state; its function is tanh, relu or sigmoid.
#include "nn/float32/rnn_sequence.hpp"
#include "nn/int8/rnn_sequence.hpp"
#include "tools/import/operators/int16_tables.hpp"
#include "tools/import/operators/recurrent.hpp"

namespace tools::importer {

namespace {

using nn::float32::RnnFunction;

RnnFunction function(const Node& node) {
  const std::string word = node.word("function", "tanh");
  if (word == "tanh") return RnnFunction::tanh;
  if (word == "relu") return RnnFunction::relu;
  if (word == "sigmoid") return RnnFunction::sigmoid;
  node.refuse("its function is " + word, "tanh, relu or sigmoid");
}

void check(const Node& node) {
  check_recurrent(node, 1, 1, 1);
  function(node);
}

void lower_codes(Lowering& node) {
  const RnnFunction of = function(node);
  node.require(of != RnnFunction::sigmoid, "has the function sigmoid", "tanh or relu, on int8");
  const bool rectified = of == RnnFunction::relu;
  const double units = rectified ? 128 / static_cast<double>(scale(node.output())) : 4096;
  node.apply(nn::int8::RnnSequence{.shape = recurrence(node),
                                   .gate = coded_gate(node, 0, units, units),
                                   .rectified = rectified,
                                   .output_scale = rectified ? Scale{} : output_scale(node),
                                   .zero = zero(node.output()),
                                   .table = rectified ? nullptr : node.keep(sigmoid_table())});
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_codes(node);
  node.apply(nn::float32::RnnSequence{.shape = recurrence(node), .gates = gates(node), .function = function(node)},
             recurrent_inputs(node));
}

const OperatorKind kind{{.name = "rnn_sequence", .types = {Type::float32, Type::int8}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
