// LSTM, GRU and RNN of ONNX, against their definition in double, number by number; and what is refused of them.
#include "onnx_numbers.hpp"
#include "refused.hpp"

namespace {

using namespace onnx_numbers;
using Doubles = std::vector<double>;

struct Case {
  std::string operation;
  int steps = 5, batch = 1, inputs = 3, units = 4;
  std::string direction = "forward";
  bool biased = true;
  int states = 0;  // 0: none stated, 1: constants, 2: inputs of the model
  bool batch_first = false;
  bool reset_behind = false;                    // linear_before_reset
  bool coupled = false;                         // input_forget
  std::string function = "Tanh";                // of an RNN
  std::vector<bool> outputs{true, true, true};  // which are wired

  int directions() const { return direction == "bidirectional" ? 2 : 1; }
  int gates() const { return operation == "LSTM" ? 4 : operation == "GRU" ? 3 : 1; }
  bool has_cell() const { return operation == "LSTM"; }
};

std::size_t at(int i) { return static_cast<std::size_t>(i); }
double logistic(double v) { return 1 / (1 + std::exp(-v)); }

struct Data {
  Numbers x, w, r, b, h, c;  // x, h and c in the order of the model
};

// What the definition gives: Y, Y_h and Y_c, those that are wired, one after another.
Numbers expected(const Case& of, const Data& data) {
  const int T = of.steps, B = of.batch, I = of.inputs, H = of.units, D = of.directions(), G = of.gates();
  Doubles all(at(T * D * B * H)), last(at(D * B * H)), cells(at(D * B * H));
  const auto state_at = [&](int d, int b, int u) { return at(of.batch_first ? (b * D + d) * H + u : (d * B + b) * H + u); };
  for (int d = 0; d < D; ++d)
    for (int b = 0; b < B; ++b) {
      Doubles h(at(H)), c(at(H));
      for (int u = 0; u < H && of.states > 0; ++u) {
        h[at(u)] = static_cast<double>(data.h[state_at(d, b, u)]);
        c[at(u)] = static_cast<double>(data.c[state_at(d, b, u)]);
      }
      for (int done = 0; done < T; ++done) {
        const int t = d == 1 || of.direction == "reverse" ? T - 1 - done : done;
        const auto of_x = [&](int gate, int u) {
          double sum = of.biased ? static_cast<double>(data.b[at(d * 2 * G * H + gate * H + u)]) : 0;
          for (int i = 0; i < I; ++i)
            sum += static_cast<double>(data.w[at(((d * G + gate) * H + u) * I + i)]) *
                   static_cast<double>(data.x[at(of.batch_first ? (b * T + t) * I + i : (t * B + b) * I + i)]);
          return sum;
        };
        const auto of_h = [&](int gate, int u, const Doubles& from) {
          double sum = of.biased ? static_cast<double>(data.b[at(d * 2 * G * H + (G + gate) * H + u)]) : 0;
          for (int i = 0; i < H; ++i) sum += static_cast<double>(data.r[at(((d * G + gate) * H + u) * H + i)]) * from[at(i)];
          return sum;
        };
        Doubles next(at(H));
        for (int u = 0; u < H; ++u) {
          const auto sum = [&](int gate) { return of_x(gate, u) + of_h(gate, u, h); };
          if (of.operation == "RNN") {
            const double v = sum(0);
            next[at(u)] = of.function == "Relu" ? std::max(v, 0.0) : of.function == "Tanh" ? std::tanh(v) : logistic(v);
          } else if (of.operation == "GRU") {
            const double z = logistic(sum(0));
            double candidate = 0;
            if (of.reset_behind) {
              candidate = std::tanh(of_x(2, u) + logistic(sum(1)) * of_h(2, u, h));
            } else {
              Doubles left(at(H));
              for (int i = 0; i < H; ++i) left[at(i)] = logistic(of_x(1, i) + of_h(1, i, h)) * h[at(i)];
              candidate = std::tanh(of_x(2, u) + of_h(2, u, left));
            }
            next[at(u)] = (1 - z) * candidate + z * h[at(u)];
          } else {
            const double i = logistic(sum(0)), f = of.coupled ? 1 - i : logistic(sum(2));
            c[at(u)] = f * c[at(u)] + i * std::tanh(sum(3));
            next[at(u)] = logistic(sum(1)) * std::tanh(c[at(u)]);
          }
        }
        h = next;
        for (int u = 0; u < H; ++u)
          all[at(of.batch_first ? ((b * T + t) * D + d) * H + u : ((t * D + d) * B + b) * H + u)] = h[at(u)];
      }
      for (int u = 0; u < H; ++u) {
        last[state_at(d, b, u)] = h[at(u)];
        cells[state_at(d, b, u)] = c[at(u)];
      }
    }
  Numbers made;
  const Doubles* const each[]{&all, &last, &cells};
  for (std::size_t i = 0; i < (of.has_cell() ? 3u : 2u); ++i)
    for (std::size_t n = 0; of.outputs[i] && n < each[i]->size(); ++n) made.push_back(static_cast<float>((*each[i])[n]));
  return made;
}

struct Made {
  Model model;
  std::vector<std::string> inputs, outputs;
  std::vector<Message> attributes;

  Model finished(const std::string& operation) const {
    Model whole = model;
    whole.nodes = {node(operation, inputs, outputs, attributes)};
    return whole;
  }
};

Data drawn(const Case& of) {
  const int D = of.directions(), G = of.gates(), H = of.units, states = D * of.batch * H;
  return {random(at(of.steps * of.batch * of.inputs)),
          random(at(D * G * H * of.inputs)),
          random(at(D * G * H * H)),
          random(at(D * 2 * G * H)),
          random(at(states)),
          random(at(states))};
}

Made model_of(const Case& of, const Data& data) {
  const int T = of.steps, B = of.batch, I = of.inputs, H = of.units, D = of.directions(), G = of.gates();
  const auto shaped = [](std::vector<int> extents) { return std::vector<std::int64_t>(extents.begin(), extents.end()); };
  const auto state = of.batch_first ? shaped({B, D, H}) : shaped({D, B, H});
  Made made;
  Model& model = made.model;
  model.opset = 14;
  model.inputs = {value("x", of.batch_first ? shaped({B, T, I}) : shaped({T, B, I}))};
  model.initializers = {tensor("w", shaped({D, G * H, I}), data.w), tensor("r", shaped({D, G * H, H}), data.r)};
  if (of.biased) model.initializers.push_back(tensor("b", shaped({D, 2 * G * H}), data.b));
  made.inputs = {"x", "w", "r", of.biased ? "b" : "", ""};
  if (of.states > 0)
    for (const char* name : {"h", "c"}) {
      if (*name == 'c' && !of.has_cell()) continue;
      made.inputs.push_back(name);
      if (of.states == 1) model.initializers.push_back(tensor(name, state, *name == 'h' ? data.h : data.c));
      if (of.states == 2) model.inputs.push_back(value(name, state));
    }
  const char* const names[]{"y", "yh", "yc"};
  for (std::size_t i = 0; i < (of.has_cell() ? 3u : 2u); ++i) {
    made.outputs.push_back(of.outputs[i] ? names[i] : "");
    if (!of.outputs[i]) continue;
    model.outputs.push_back(value(names[i], i > 0 ? state : of.batch_first ? shaped({B, T, D, H}) : shaped({T, D, B, H})));
  }
  made.attributes = {attribute("hidden_size", std::int64_t{H}), attribute("direction", of.direction)};
  if (of.batch_first) made.attributes.push_back(attribute("layout", std::int64_t{1}));
  if (of.reset_behind) made.attributes.push_back(attribute("linear_before_reset", std::int64_t{1}));
  if (of.coupled) made.attributes.push_back(attribute("input_forget", std::int64_t{1}));
  if (of.operation == "RNN") made.attributes.push_back(attribute("activations", std::vector<std::string>(at(D), of.function)));
  return made;
}

void check(const Case& of) {
  const Data data = drawn(of);
  std::vector<Numbers> inputs{data.x};
  if (of.states == 2) inputs.push_back(data.h);
  if (of.states == 2 && of.has_cell()) inputs.push_back(data.c);
  const Network network = imported(model_of(of, data).finished(of.operation).file());
  if (!close(run(network, inputs), expected(of, data), 2e-6f))
    report_failure(__FILE__, __LINE__, of.operation, " ", of.direction, " batch ", static_cast<std::uint32_t>(of.batch),
                   " states ", static_cast<std::uint32_t>(of.states), of.biased ? " biased" : "",
                   of.batch_first ? " batch first" : "", of.reset_behind ? " reset behind" : "", of.coupled ? " coupled" : "");
}

void definitions() {
  for (const char* operation : {"LSTM", "GRU", "RNN"})
    for (const char* direction : {"forward", "reverse", "bidirectional"})
      for (int batch : {1, 3})
        for (int states : {0, 1, 2})
          for (bool biased : {false, true})
            for (bool batch_first : {false, true}) {
              Case of{.operation = operation,
                      .batch = batch,
                      .direction = direction,
                      .biased = biased,
                      .states = states,
                      .batch_first = batch_first};
              check(of);
              of.reset_behind = true;
              if (of.operation == "GRU") check(of);
            }
  for (const char* function : {"Relu", "Sigmoid", "Tanh"})
    check({.operation = "RNN", .direction = "reverse", .function = function});
  check({.operation = "LSTM", .states = 2, .coupled = true});
  // More inputs than units and fewer, one step, one unit, and sums of several lanes.
  for (const auto& [steps, inputs, units] :
       {std::array{1, 1, 1}, std::array{7, 13, 2}, std::array{3, 2, 17}, std::array{9, 9, 9}})
    for (const char* operation : {"LSTM", "GRU", "RNN"})
      for (const char* direction : {"forward", "reverse"})
        check({.operation = operation, .steps = steps, .batch = 2, .inputs = inputs, .units = units, .direction = direction});
}

// Any outputs may be absent; without that of every step there is no room for them.
void outputs() {
  for (int wired = 1; wired < 8; ++wired)
    for (const char* direction : {"forward", "reverse", "bidirectional"})
      for (const char* operation : {"LSTM", "GRU"}) {
        if (*operation == 'G' && (wired & 3) == 0) continue;
        check({.operation = operation,
               .batch = 2,
               .direction = direction,
               .states = 2,
               .outputs = {(wired & 1) != 0, (wired & 2) != 0, (wired & 4) != 0}});
      }
  const Case last{.operation = "GRU", .steps = 100, .outputs = {false, true, false}};
  const Network network = imported(model_of(last, drawn(last)).finished("GRU").file());
  expect(tools::importer::Runner{network}.workspace_bytes() < 100 * 3 * 4 + 200);
}

// The last step taken of all, as exporters write it: batch first, by Gather or Slice.
void last_steps() {
  for (const char* operation : {"LSTM", "GRU", "RNN"})
    for (const char* direction : {"forward", "reverse"})
      for (int batch : {1, 2})
        for (bool gathers : {true, false})
          for (bool also_the_first : {false, true}) {
            const Case of{
                .operation = operation, .steps = 50, .batch = batch, .direction = direction, .outputs = {true, false, false}};
            const Data data = drawn(of);
            Made made = model_of(of, data);
            Model model = made.finished(operation);
            const bool reversed = *direction == 'r';
            model.outputs.clear();
            model.nodes.push_back(node("Squeeze", {"y", "one"}, {"s"}));
            model.nodes.push_back(node("Transpose", {"s"}, {"t"}, {attribute("perm", std::vector<std::int64_t>{1, 0, 2})}));
            model.initializers.push_back(tensor("one", {1}, std::vector<std::int64_t>{1}));
            Numbers all = expected(of, data), wanted;
            const std::size_t step = at(batch * of.units);
            const auto take = [&](const std::string& name, int t) {
              model.initializers.push_back(tensor(name + "i", {1}, std::vector<std::int64_t>{t}));
              model.initializers.push_back(tensor(name + "e", {1}, std::vector<std::int64_t>{t + 1}));
              model.nodes.push_back(gathers ? node("Gather", {"t", name + "i"}, {name}, {attribute("axis", std::int64_t{1})})
                                            : node("Slice", {"t", name + "i", name + "e", "one"}, {name}));
              model.outputs.push_back(value(name, {batch, 1, of.units}));
              wanted.insert(wanted.end(), all.begin() + static_cast<std::ptrdiff_t>(at(t) * step),
                            all.begin() + static_cast<std::ptrdiff_t>(at(t + 1) * step));
            };
            take("last", reversed ? 0 : 49);
            if (also_the_first) take("first", reversed ? 49 : 0);
            const Network network = imported(model.file());
            expect(close(run(network, {data.x}), wanted, 2e-6f));
            const std::size_t bytes = tools::importer::Runner{network}.workspace_bytes(), every = 50 * step * 4;
            expect(also_the_first ? bytes > every : bytes < at(50 * batch * of.inputs) * 4 + 200);
          }
}

void refusals() {
  const auto refuses = [](const Case& of, auto change, std::string_view part, int line = __builtin_LINE()) {
    Made made = model_of(of, drawn(of));
    change(made);
    refused([&] { imported(made.finished(of.operation).file()); }, {"m.onnx: node 0 " + of.operation + ": ", part, "; expected "},
            line);
  };
  const Case lstm{.operation = "LSTM"}, gru{.operation = "GRU"}, rnn{.operation = "RNN"};
  const auto states = [](const char* name, std::vector<std::int64_t> shape) { return value(name, shape); };
  refuses(
      lstm, [](Made& m) { m.attributes[1] = attribute("direction", std::string{"sideways"}); }, "direction is \"sideways\"");
  refuses(
      lstm, [](Made& m) { m.attributes.push_back(attribute("clip", 3.0f)); }, "clips what goes into its activations");
  refuses(
      lstm,
      [](Made& m) {
        m.inputs.insert(m.inputs.end(), {"", "", "p"});
        m.model.initializers.push_back(tensor("p", {1, 12}, random(12)));
      },
      "has peepholes, its input P");
  refuses(
      lstm,
      [](Made& m) {
        m.attributes.push_back(attribute("activations", std::vector<std::string>{"Sigmoid", "Tanh", "Softsign"}));
      },
      "has the activation \"softsign\"; expected Tanh");
  refuses(
      gru,
      [](Made& m) {
        m.attributes.push_back(attribute("activations", std::vector<std::string>{"HardSigmoid", "Tanh"}));
      },
      "has the activation \"hardsigmoid\"; expected Sigmoid");
  refuses(
      gru, [](Made& m) { m.attributes.push_back(attribute("activations", std::vector<std::string>{"Sigmoid"})); },
      "has 1 activations; expected 2");
  refuses(
      rnn, [](Made& m) { m.attributes.back() = attribute("activations", std::vector<std::string>{"Affine"}); },
      "has the activation \"affine\"; expected Tanh, Relu or Sigmoid");
  refuses(
      {.operation = "RNN", .direction = "bidirectional"},
      [](Made& m) {
        m.attributes.back() = attribute("activations", std::vector<std::string>{"Tanh", "Relu"});
      },
      "has other activations in its second direction");
  refuses(
      gru, [](Made& m) { m.attributes[0] = attribute("hidden_size", std::int64_t{5}); }, "its hidden_size is 5; expected 4");
  refuses(
      gru,
      [](Made& m) {
        m.model.opset = 13;
        m.attributes.push_back(attribute("layout", std::int64_t{1}));
      },
      "layout");
  refuses(
      gru,
      [](Made& m) {
        m.model.initializers[0] = tensor("w", {1, 12, 4}, random(48));
      },
      "has the shape 1x12x4; expected 1x12x3");
  refuses(
      gru,
      [](Made& m) {
        m.model.initializers[2] = tensor("b", {1, 12}, random(12));
      },
      "has the shape 1x12; expected 1x24");
  refuses(
      {.operation = "GRU", .states = 2},
      [&](Made& m) {
        m.model.inputs[1] = states("h", {1, 2, 4});
      },
      "has the shape 1x2x4; expected 1x1x4");
  refuses(
      gru,
      [&](Made& m) {
        m.model.initializers.erase(m.model.initializers.begin());
        m.model.inputs.push_back(states("w", {1, 12, 3}));
      },
      "is computed; expected a constant");
  // Lengths of sequences: full ones are none.
  const auto lengths = [](std::int64_t each) {
    return [each](Made& m) {
      m.inputs[4] = "lengths";
      m.model.initializers.push_back(tensor("lengths", {1}, std::vector<std::int64_t>{each}));
    };
  };
  refuses(gru, lengths(4), "has sequences of other lengths than its input; expected 1 of 5 steps");
  refuses(
      gru,
      [&](Made& m) {
        m.inputs[4] = "lengths";
        m.model.inputs.push_back(value("lengths", {1}, 6));
      },
      "has lengths of its sequences that are computed");
  const Data data = drawn(gru);
  Made full = model_of(gru, data);
  lengths(5)(full);
  expect(close(run(imported(full.finished("GRU").file()), {data.x}), expected(gru, data), 2e-6f));
}

}  // namespace

int main() {
  definitions();
  outputs();
  last_steps();
  refusals();
  return expectations_failed();
}
