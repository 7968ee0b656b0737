#include "tools/quantize/recurrent.hpp"

#include <array>
#include <string>

#include "tools/quantize/lstm_cells.hpp"

namespace tools::quantizer {
namespace {

std::vector<float> copy(std::span<const float> numbers) { return {numbers.begin(), numbers.end()}; }

// Blocks of so many numbers, in this order.
template <std::size_t Count>
std::vector<float> blocks(std::span<const float> numbers, int size, const std::array<std::size_t, Count>& order) {
  std::vector<float> made;
  for (std::size_t block : order) {
    const auto one = numbers.subspan(block * static_cast<std::size_t>(size), static_cast<std::size_t>(size));
    made.insert(made.end(), one.begin(), one.end());
  }
  return made;
}

importer::Attributes attributes_of(bool reversed, bool last_only) {
  return {{"reversed", std::int64_t{reversed}}, {"last_only", std::int64_t{last_only}}};
}

}  // namespace

int RecurrentLayers::rnn(const Sequence& layer, Numbers weight, Numbers recurrent, Numbers bias, bool relu, int x) {
  importer::Attributes attributes = attributes_of(layer.reversed, layer.last_step);
  attributes.set("function", std::string{relu ? "relu" : "tanh"});
  return add(layer, "rnn_sequence", gates(layer, copy(weight), copy(recurrent), copy(bias), x), attributes);
}

int RecurrentLayers::gru(const Sequence& layer, Numbers weight, Numbers recurrent, Numbers candidate, Numbers bias,
                         Numbers recurrent_bias, int x) {
  importer::Attributes attributes = attributes_of(layer.reversed, layer.last_step);
  constexpr std::array<std::size_t, 3> order{1, 0, 2};
  std::vector<float> of_output = copy(recurrent), all_bias = blocks(bias, layer.units, order);
  of_output.insert(of_output.end(), candidate.begin(), candidate.end());
  all_bias.insert(all_bias.end(), recurrent_bias.begin(), recurrent_bias.end());
  if (candidate.empty()) attributes.set("reset_behind", std::int64_t{1});
  const std::vector<int> inputs = gates(layer, blocks(weight, layer.units * layer.features, order),
                                        blocks(of_output, layer.units * layer.units, order), all_bias, x);
  return add(layer, "gru_sequence", inputs, attributes);
}

int RecurrentLayers::lstm(const Sequence& layer, Numbers weight, Numbers recurrent, Numbers bias, int x) {
  constexpr std::array<std::size_t, 4> order{0, 3, 1, 2};
  const std::vector<int> inputs =
      gates(layer, blocks(weight, layer.units * layer.features, order), blocks(recurrent, layer.units * layer.units, order),
            blocks(bias, layer.units, order), x);
  apply(std::string{lstm_cells.name}, inputs, std::vector{layer.steps, layer.units}, attributes_of(layer.reversed, false));
  return add(layer, "lstm_sequence", inputs, attributes_of(layer.reversed, layer.last_step));
}

int RecurrentLayers::add(const Sequence& layer, const char* kind, const std::vector<int>& inputs,
                         const importer::Attributes& attributes) {
  const int rows = layer.last_step ? 1 : layer.steps;
  return apply("reshape", {apply(kind, inputs, std::vector{rows, layer.units}, attributes)}, layer.output);
}

std::vector<int> RecurrentLayers::gates(const Sequence& layer, const std::vector<float>& weight,
                                        const std::vector<float>& of_output, const std::vector<float>& bias, int x) {
  const int rows = whole(weight.size()) / layer.features;
  return {x, constant({rows, layer.features}, weight), constant({rows, layer.units}, of_output),
          constant({whole(bias.size())}, bias)};
}

}  // namespace tools::quantizer
