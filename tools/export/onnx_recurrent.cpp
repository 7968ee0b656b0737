#include "tools/export/onnx_recurrent.hpp"

#include <string>
#include <vector>

namespace tools::onnx {
namespace {

// One gate after the other in ONNX's order: rows of PyTorch's.
std::vector<float> gates_of(const std::vector<float>& rows, std::size_t gates) {
  constexpr std::size_t orders[][4]{{0}, {}, {1, 0, 2}, {0, 3, 1, 2}};
  const std::size_t each = rows.size() / gates;
  std::vector<float> made;
  for (std::size_t gate = 0; gate < gates; ++gate) {
    const auto from = rows.begin() + static_cast<std::ptrdiff_t>(orders[gates - 1][gate] * each);
    made.insert(made.end(), from, from + static_cast<std::ptrdiff_t>(each));
  }
  return made;
}

}  // namespace

OnnxValue recurrent(OnnxWriter& writer, const OnnxValue& from, const OnnxSequence& layer, const nn::Shape& output) {
  const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  const std::int64_t steps = number(layer.steps), features = number(layer.features), hidden = number(layer.hidden),
                     directions = number(layer.directions), gates = number(layer.gates);
  constexpr const char* types[]{"RNN", "", "GRU", "LSTM"};
  const std::string type = types[gates - 1];

  std::vector<float> w, r, b;
  for (std::size_t direction = 0; direction < layer.directions; ++direction) {
    const std::string suffix = direction == 0 ? "_l0" : "_l0_reverse";
    const auto append = [&](std::vector<float>& to, const std::string& part) {
      const auto rows = gates_of(writer.numbers(part + suffix), layer.gates);
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
  if (directions == 2) attributes.push_back({"direction", std::string{"bidirectional"}});
  if (gates == 1)
    attributes.push_back({"activations", std::vector<std::string>(layer.directions, layer.relu ? "Relu" : "Tanh")});
  if (gates == 3) attributes.push_back({"linear_before_reset", std::int64_t{layer.reset_before ? 0 : 1}});

  OnnxValue x = layer.in_rows ? writer.as_frames(from)
                              : writer.as(layer.steps == 1 ? OnnxForm::vector : OnnxForm::channels_last, from);
  const std::string frames = writer.reshape(x.name, {steps, 1, features});  // of a batch of 1 the same numbers in the same order
  const std::string y = writer.node(type, {frames, weight, state, bias}, attributes, layer.last_step ? 1 : 0,
                                    layer.last_step ? 2 : 1);
  x.layout = {output, pytorch::Order::channels_last};
  // Y [T][directions][1][H], Y_h [directions][1][H]: with a batch of 1 in the order of [T][directions · H].
  x.form = layer.last_step || layer.steps == 1 ? OnnxForm::vector
           : layer.in_rows                       ? OnnxForm::rows
                                                 : OnnxForm::channels_last;
  x.name = writer.reshape(y, writer.dims(x));
  return x;
}

}  // namespace tools::onnx
