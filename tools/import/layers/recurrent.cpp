// GRU_SEQUENCE, LSTM_SEQUENCE and RNN_SEQUENCE: Gru, Lstm and Rnn. The gates of the model are z, r, n and i, o, f, g; those of
// nn/layer/ r, z, n and i, f, g, o. One that runs backwards is half of a Bidirectional (movement.cpp joins the two).
#include "tools/import/layer_kind.hpp"

namespace tools::importer {

namespace {

// Blocks of `size` numbers in another order.
std::vector<float> reordered(const std::vector<float>& numbers, std::size_t size, std::initializer_list<std::size_t> order) {
  std::vector<float> made;
  for (std::size_t block : order) {
    const auto first = numbers.begin() + static_cast<std::ptrdiff_t>(block * size);
    made.insert(made.end(), first, first + static_cast<std::ptrdiff_t>(size));
  }
  return made;
}

void add_sequence(const Node& node, Chain& chain, const char* name, const std::string& option, std::uint32_t constant,
                  std::vector<ParameterArray> parameters) {
  const Shape& x = node.input().shape;
  node.require(x[1] == 1, [&] { return text("has a batch of ", x[1]); }, "1");
  node.require(node.op.inputs.size() <= 4, "begins with a state that is given to it",
               "one that begins at 0, as layers of nn/ do");
  const auto steps = static_cast<std::size_t>(x[0]), units = static_cast<std::size_t>(node.input(2).shape[1]);
  chain.see({1, steps, static_cast<std::size_t>(x[2])});
  const bool last = node.flag("last_only") && steps > 1;
  const std::string options = text("<", units, last ? ", nn::LastStep" : "", option, ">");
  chain.add({.name = name,
             .options = options,
             .output = last ? nn::Shape{.channels = units} : nn::Shape{1, steps, units},
             .constant = constant,
             .parameters = std::move(parameters),
             .reversed = node.flag("reversed")});
}

struct Weights {
  std::vector<float> input, recurrent, bias;
  std::size_t inputs, units;
};
Weights weights(const Node& node) {
  return {constant_reals(node, 1, "weights"), constant_reals(node, 2, "weights"), constant_reals(node, 3, "biases"),
          static_cast<std::size_t>(node.input(1).shape[1]), static_cast<std::size_t>(node.input(2).shape[1])};
}

void add_gru(const Node& node, Chain& chain) {
  const Weights w = weights(node);
  const std::size_t n = w.units;
  const std::vector<float> input = reordered(w.input, n * w.inputs, {1, 0, 2}), bias = reordered(w.bias, n, {1, 0, 2});
  if (node.flag("reset_behind"))
    return add_sequence(
        node, chain, "Gru", "", 0,
        {{input, w.inputs}, {reordered(w.recurrent, n * n, {1, 0, 2}), n}, {bias, 0}, {reordered(w.bias, n, {3}), 0}});
  add_sequence(
      node, chain, "Gru", ", nn::ResetBefore", 1u << 1,
      {{input, w.inputs}, {reordered(w.recurrent, n * n, {1, 0}), n}, {reordered(w.recurrent, n * n, {2}), n}, {bias, 0}});
}

void add_lstm(const Node& node, Chain& chain) {
  node.require(!node.flag("coupled"), "has coupled gates, for which nn/ has no layer", "four gates");
  node.require(!node.flag("gives_cells"), "gives its cells, for which nn/ has no layer", "its outputs alone");
  const Weights w = weights(node);
  const std::size_t n = w.units;
  add_sequence(node, chain, "Lstm", "", 0,
               {{reordered(w.input, n * w.inputs, {0, 2, 3, 1}), w.inputs},
                {reordered(w.recurrent, n * n, {0, 2, 3, 1}), n},
                {reordered(w.bias, n, {0, 2, 3, 1}), 0}});
}

void add_rnn(const Node& node, Chain& chain) {
  const std::string function = node.word("function", "tanh");
  node.require(function != "sigmoid", "has the function sigmoid, which nn::Rnn has not", "tanh or relu");
  const Weights w = weights(node);
  const bool relu = function == "relu";
  add_sequence(node, chain, "Rnn", relu ? ", nn::Relu" : "", relu ? 1u << 2 : 0,
               {{w.input, w.inputs}, {w.recurrent, w.units}, {w.bias, 0}});
}

const LayerKind gru{{.kind = "gru_sequence", .add = add_gru}};
const LayerKind lstm{{.kind = "lstm_sequence", .add = add_lstm}};
const LayerKind rnn{{.kind = "rnn_sequence", .add = add_rnn}};

}  // namespace

}  // namespace tools::importer
