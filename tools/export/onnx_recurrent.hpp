// OnnxLayer of recurrent layers: nodes RNN, GRU, LSTM. ONNX has the steps first and other orders of gates: GRU z, r, h and LSTM
// i, o, f, c where PyTorch and we have r, z, n and i, f, g, o; both biases stand behind each other in B.
#pragma once

#include <string>

#include "tools/export/onnx_layers.hpp"

namespace tools {

// One gate after the other in ONNX's order: rows of PyTorch's.
template <std::size_t Gates>
std::vector<float> gates_of(const std::vector<float>& rows) {
  constexpr std::size_t orders[][4]{{0}, {}, {1, 0, 2}, {0, 3, 1, 2}};
  const std::size_t each = rows.size() / Gates;
  std::vector<float> made;
  for (std::size_t gate = 0; gate < Gates; ++gate) {
    const auto from = rows.begin() + static_cast<std::ptrdiff_t>(orders[Gates - 1][gate] * each);
    made.insert(made.end(), from, from + static_cast<std::ptrdiff_t>(each));
  }
  return made;
}

// One: the bound layer of a direction.
template <class One, std::size_t Directions>
OnnxValue recurrent(OnnxWriter& writer, OnnxValue x, nn::Shape output) {
  constexpr std::size_t Gates = One::Cell::gate_count;
  constexpr auto steps = static_cast<std::int64_t>(One::Count), features = static_cast<std::int64_t>(One::Cell::features),
                 hidden = static_cast<std::int64_t>(One::units), directions = static_cast<std::int64_t>(Directions),
                 gates = static_cast<std::int64_t>(Gates);
  constexpr const char* types[]{"RNN", "", "GRU", "LSTM"};
  const std::string type = types[Gates - 1];

  std::vector<float> w, r, b;
  for (std::size_t direction = 0; direction < Directions; ++direction) {
    const std::string suffix = direction == 0 ? "_l0" : "_l0_reverse";
    const auto append = [&](std::vector<float>& to, const std::string& part) {
      const auto rows = gates_of<Gates>(writer.numbers(part + suffix));
      to.insert(to.end(), rows.begin(), rows.end());
    };
    append(w, "weight_ih");
    append(r, "weight_hh");
    append(b, "bias_ih");
    append(b, "bias_hh");
  }
  // Named after the first of PyTorch's tensors, whose module they hold.
  const std::string& first = (*writer.names)[0].name;
  const std::string module = first.substr(0, first.rfind("weight_ih"));
  const std::string weight = writer.graph.initializer(module + "W", {directions, gates * hidden, features}, w);
  const std::string state = writer.graph.initializer(module + "R", {directions, gates * hidden, hidden}, r);
  const std::string bias = writer.graph.initializer(module + "B", {directions, 2 * gates * hidden}, b);

  std::vector<OnnxGraph::Attribute> attributes{{"hidden_size", hidden}};
  if (Directions == 2) attributes.push_back({"direction", std::string{"bidirectional"}});
  if (Gates == 1)
    attributes.push_back({"activations", std::vector<std::string>(Directions, One::options.relu ? "Relu" : "Tanh")});
  if (Gates == 3) attributes.push_back({"linear_before_reset", std::int64_t{One::options.reset_before ? 0 : 1}});

  if (One::Steps::in_rows)
    x = writer.as_frames(x);
  else
    x = writer.as(One::Count == 1 ? OnnxForm::vector : OnnxForm::channels_last, x);
  const std::string frames = writer.reshape(x.name, {steps, 1, features});  // of a batch of 1 the same numbers in the same order
  const std::string y = writer.node(type, {frames, weight, state, bias}, attributes, One::options.last_step ? 1 : 0,
                                    One::options.last_step ? 2 : 1);
  x.layout = {output, pytorch::Order::channels_last};
  // Y [T][directions][1][H], Y_h [directions][1][H]: with a batch of 1 in the order of [T][directions · H].
  x.form = One::options.last_step || One::Count == 1 ? OnnxForm::vector
           : One::Steps::in_rows                     ? OnnxForm::rows
                                                     : OnnxForm::channels_last;
  x.name = writer.reshape(y, writer.dims(x));
  return x;
}

struct OnnxRecurrent {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return recurrent<Bound, 1>(writer, x, Bound::output);
  }
};
template <std::size_t Hidden, class... Options>
struct OnnxLayer<nn::Rnn<Hidden, Options...>> : OnnxRecurrent {};
template <std::size_t Hidden, class... Options>
struct OnnxLayer<nn::Gru<Hidden, Options...>> : OnnxRecurrent {};
template <std::size_t Hidden, class... Options>
struct OnnxLayer<nn::Lstm<Hidden, Options...>> : OnnxRecurrent {};
template <class Layer>
struct OnnxLayer<nn::Bidirectional<Layer>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return recurrent<typename Bound::One, 2>(writer, x, Bound::output);
  }
};

}  // namespace tools
