// RNN_SEQUENCE: one gate and one state; its function is tanh, relu or sigmoid.
#include "nn/float32/rnn_sequence.hpp"
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

void lower(Lowering& node) {
  node.apply(nn::float32::RnnSequence{.shape = recurrence(node), .gates = gates(node), .function = function(node)},
             recurrent_inputs(node));
}

const OperatorKind kind{{.name = "rnn_sequence", .types = {Type::float32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
