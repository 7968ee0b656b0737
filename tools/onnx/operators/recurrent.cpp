#include "tools/onnx/operators/recurrent.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "tools/import/node.hpp"
#include "tools/onnx/operators/parts.hpp"

namespace tools::onnx {

namespace {

enum Input : std::size_t { x_input, weight, recurrent, bias, lengths, first_state };

std::size_t directions(const Node& node) {
  const std::string word = node.word("direction", "forward");
  if (word != "forward" && word != "reverse" && word != "bidirectional")
    node.refuse("its direction is " + importer::in_quotes(word), "forward, reverse or bidirectional");
  return word == "bidirectional" ? 2 : 1;
}

// Where the dimensions of x, y and states stand: with layout 1 the batch is first.
struct Dimensions {
  bool batch_first;

  Order of_x() const { return batch_first ? Order{1, 0, 2} : Order{0, 1, 2}; }        // steps, batch, inputs
  Order of_y() const { return batch_first ? Order{1, 2, 0, 3} : Order{0, 1, 2, 3}; }  // steps, direction, batch, units
  Order of_state() const { return batch_first ? Order{1, 0, 2} : Order{0, 1, 2}; }    // direction, batch, units
  Shape shaped(const Order& order, const Shape& in_that_order) const {
    Shape made(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) made[order[i]] = in_that_order[i];
    return made;
  }
};

class Recurrent {
 public:
  Recurrent(Node& of, const RecurrentKind& what)
      : node{of}, kind{what}, order{node.opset() >= 14 && node.whole("layout", 0, 0, 1) != 0} {
    node.require_type(x_input, {DataType::float32});
    node.require_rank(x_input, 3, 3);
    node.require_rank(recurrent, 3, 3);
    const Value& x = node.value();
    const Order dimensions = order.of_x();
    steps = x.shape[dimensions[0]];
    batch = x.shape[dimensions[1]];
    inputs = x.shape[2];
    units = node.value(recurrent).shape[2];
    count = static_cast<int>(directions(node));
    node.require(node.whole("hidden_size", units) == units, text("its hidden_size is ", node.whole("hidden_size", units)),
                 text(units, ", as its R has it"));
    require_input(weight, {count, kind.gates * units, inputs});
    require_input(recurrent, {count, kind.gates * units, units});
    if (node.has(bias)) require_input(bias, {count, 2 * kind.gates * units});
    require_full_lengths();
    for (std::size_t s = 0; s < kind.states; ++s)
      if (node.has(first_state + s)) require_input(first_state + s, order.shaped(order.of_state(), {count, batch, units}));
  }

  void translate() const {
    std::vector<std::vector<Value>> outputs(1 + kind.states);
    for (int d = 0; d < count; ++d) {
      const std::vector<Value> made = direction(d);
      for (std::size_t i = 0; i < made.size(); ++i) outputs[i].push_back(made[i]);
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (!node.has_output(i)) continue;
      const std::size_t along = i == 0 ? order.of_y()[1] : order.of_state()[0];
      node.define(i, count == 1 ? outputs[i][0] : joined_values(node, outputs[i], static_cast<std::int64_t>(along)));
    }
  }

 private:
  void require_input(std::size_t i, const Shape& shape) const {
    node.require_type(i, {DataType::float32});
    if (node.value(i).shape != shape) node.refuse(text(node.input_name(i), " has the shape ", node.value(i).shape), text(shape));
    if (i < first_state) node.require_constant(i);
  }

  void require_full_lengths() const {
    if (!node.has(lengths)) return;
    node.require(node.is_constant(lengths), "has lengths of its sequences that are computed", "none, or constants");
    const std::vector<std::int64_t> all = node.integers(lengths);
    if (static_cast<int>(all.size()) != batch || std::ranges::any_of(all, [this](std::int64_t each) { return each != steps; }))
      node.refuse("has sequences of other lengths than its input", text(batch, " of ", steps, " steps"));
  }

  // Direction d of a constant of these.
  std::vector<float> constant(std::size_t i, int d) const {
    const std::vector<float> all = node.reals(i);
    if (!std::ranges::all_of(all, [](float value) { return std::isfinite(value); }))
      node.refuse(node.input_name(i) + " holds an infinity", "finite numbers");
    const auto each = static_cast<std::ptrdiff_t>(all.size()) / count;
    return {all.begin() + d * each, all.begin() + (d + 1) * each};
  }

  std::vector<float> biases(int d) const {
    const auto rows = static_cast<std::size_t>(kind.gates * units), last = static_cast<std::size_t>(units);
    std::vector<float> made(rows + (kind.joins_biases ? 0 : last), 0.0f);
    if (!node.has(bias)) return made;
    const std::vector<float> both = constant(bias, d);
    for (std::size_t i = 0; i < rows; ++i) {
      const bool joined = kind.joins_biases || i < rows - last;
      made[i] = joined ? both[i] + both[rows + i] : both[i];
      if (!joined) made[i + last] = both[rows + i];
    }
    return made;
  }

  // What a state begins with, [batch][units]; nothing: with 0.
  std::optional<int> initial(std::size_t s, int d) const {
    if (!node.has(first_state + s)) return std::nullopt;
    const Value& all = node.input(first_state + s);
    std::vector<Part> parts = whole_parts(all);
    parts[order.of_state()[0]] = {d, 1, 1};
    const int made = node.in(part_of(node, all, parts), order.of_state(), {batch, units});
    if (node.whole_graph.is_constant(made)) {
      const std::vector<float> values = importer::numbers<float>(node.tensor(made));
      if (std::ranges::all_of(values, [](float value) { return value == 0; })) return std::nullopt;
    }
    return made;
  }

  // Rows of what was made, which has `units` columns.
  int rows(int made, int first, int end) const {
    if (first == 0 && end == node.tensor(made).shape[0]) return made;
    return node.emit("strided_slice",
                     {made, node.constant(std::vector<std::int64_t>{first, 0}),
                      node.constant(std::vector<std::int64_t>{end, units}), node.constant(std::vector<std::int64_t>{1, 1})});
  }

  Value seen(int made, const Order& by, const Shape& in_order) const {
    Value value{.shape = order.shaped(by, in_order), .type = DataType::float32, .layout = {}, .tensor = made};
    value.layout = layout_of(value.shape, by);
    return value;
  }

  // The outputs of direction d: of every step, if anybody wants them, and the last of each state.
  std::vector<Value> direction(int d) const {
    const bool reversed = d == 1 || node.word("direction", "forward") == "reverse", every = node.has_output(0);
    std::vector<int> from{node.in(node.input(), order.of_x()), node.constant(constant(weight, d), {kind.gates * units, inputs}),
                          node.constant(constant(recurrent, d), {kind.gates * units, units})};
    const std::vector<float> bias_of_all = biases(d);
    from.push_back(node.constant(bias_of_all, {static_cast<int>(bias_of_all.size())}));
    std::vector<std::optional<int>> states;
    for (std::size_t s = 0; s < kind.states; ++s) states.push_back(initial(s, d));
    while (!states.empty() && !states.back()) states.pop_back();
    for (const std::optional<int>& state : states)
      from.push_back(state ? *state
                           : node.constant(std::vector<float>(static_cast<std::size_t>(batch * units), 0.0f), {batch, units}));
    Attributes attributes = kind.attributes;
    attributes.set("reversed", std::int64_t{reversed});
    attributes.set("last_only", std::int64_t{!every});
    const int kept = every ? steps : 1;
    if (kind.states == 2) attributes.set("gives_cells", std::int64_t{node.has_output(2)});
    const int made = node.emit(kind.sequence, from, attributes, Type::float32);

    const int last = reversed ? 0 : (kept - 1) * batch, end = kept * batch;
    std::vector<Value> outputs{{}, {}};
    if (every) outputs[0] = seen(rows(made, 0, end), order.of_y(), {steps, 1, batch, units});
    if (node.has_output(1)) outputs[1] = seen(rows(made, last, last + batch), order.of_state(), {1, batch, units});
    if (node.has_output(2)) outputs.push_back(seen(rows(made, end, end + batch), order.of_state(), {1, batch, units}));
    return outputs;
  }

  Node& node;
  const RecurrentKind& kind;
  const Dimensions order;
  int steps, batch, inputs, units, count;
};

std::string lower_case(std::string word) {
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return word;
}

}  // namespace

std::vector<std::string> activations(const Node& node, const std::vector<std::string>& usual) {
  const std::size_t count = directions(node);
  std::vector<std::string> every;
  for (std::size_t d = 0; d < count; ++d) every.insert(every.end(), usual.begin(), usual.end());
  std::vector<std::string> stated = node.words("activations", every);
  if (stated.size() != every.size()) node.refuse(text("has ", stated.size(), " activations"), text(every.size()));
  for (std::size_t i = 0; i < stated.size(); ++i) {
    stated[i] = lower_case(stated[i]);
    if (i >= usual.size() && stated[i] != stated[i - usual.size()])
      node.refuse("has other activations in its second direction", "the same in both");
  }
  stated.resize(usual.size());
  return stated;
}

void require_activations(const Node& node, const std::vector<std::string>& usual) {
  const std::vector<std::string> stated = activations(node, usual);
  for (std::size_t i = 0; i < usual.size(); ++i)
    if (stated[i] != lower_case(usual[i]))
      node.refuse(text("has the activation ", importer::in_quotes(stated[i])), text(usual[i], " as its activation ", i));
}

void translate_recurrent(Node& node, const RecurrentKind& kind) {
  node.require_inputs(3, first_state + kind.states + (kind.states == 2 ? 1 : 0));
  node.ignore({"activation_alpha", "activation_beta"});  // of functions that it does not take
  node.require(!node.has(first_state + 2), "has peepholes, its input P", "none");
  node.require(!node.has_attribute("clip"), "clips what goes into its activations", "no attribute clip");
  Recurrent{node, kind}.translate();
}

}  // namespace tools::onnx
