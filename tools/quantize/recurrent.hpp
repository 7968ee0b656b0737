// Recurrent layers of a float network as operators of the importer that begin anew with each run:
//
//   Rnn, Gru, Lstm    RNN_SEQUENCE, GRU_SEQUENCE, LSTM_SEQUENCE, whose gates are z, r, n and i, o, f, g; beside the last one
//                     LSTM_CELLS, for the range of c
//   Bidirectional     two of them, one from the last step to the first, and a CONCATENATION
#pragma once

#include <array>
#include <vector>

#include "nn/nn.hpp"
#include "tools/quantize/builder.hpp"
#include "tools/quantize/lstm_cells.hpp"

namespace tools::quantizer {

template <class Layer>
constexpr bool is_recurrent = false;
template <std::size_t Hidden, class... Options>
constexpr bool is_recurrent<nn::Rnn<Hidden, Options...>> = true;
template <std::size_t Hidden, class... Options>
constexpr bool is_recurrent<nn::Gru<Hidden, Options...>> = true;
template <std::size_t Hidden, class... Options>
constexpr bool is_recurrent<nn::Lstm<Hidden, Options...>> = true;
template <class Layer>
constexpr bool is_recurrent<nn::Bidirectional<Layer>> = true;

class RecurrentLayers : public Builder {
 public:
  using Builder::Builder;

 protected:
  // Gives the layer's output.
  template <class Layer, class Spec>
  int recurrent(Spec spec, const auto& p, int x) {
    return sequence<Layer>(spec, p, frames<typename Layer::Steps>(x), false);
  }

  template <class Layer, class Inside>
  int recurrent(nn::Bidirectional<Inside>, const auto& p, int x) {
    using One = typename Layer::One;
    x = frames<typename One::Steps>(x);
    const int there = sequence<One>(Inside{}, nn::get<0>(p), x, false), back = sequence<One>(Inside{}, nn::get<1>(p), x, true);
    return apply("concatenation", {there, back}, Layer::output, {{"axis", 3}});
  }

 private:
  using Numbers = std::vector<float>;

  template <class Layer, std::size_t Hidden, class... Options>
  int sequence(nn::Rnn<Hidden, Options...>, const auto& p, int x, bool reversed) {
    importer::Attributes attributes = of<Layer>(reversed);
    attributes.set("function", std::string{Layer::options.relu ? "relu" : "tanh"});
    return sequence<Layer>("rnn_sequence", gates<Layer>(all(p.weight), all(p.recurrent), all(p.bias), x), attributes);
  }

  template <class Layer, std::size_t Hidden, class... Options>
  int sequence(nn::Gru<Hidden, Options...>, const auto& p, int x, bool reversed) {
    importer::Attributes attributes = of<Layer>(reversed);
    constexpr std::array<std::size_t, 3> order{1, 0, 2};
    Numbers of_output = all(p.recurrent), bias = blocks(all(p.bias), Hidden, order);
    if constexpr (Layer::options.reset_before) {
      const Numbers candidate = all(p.candidate);
      of_output.insert(of_output.end(), candidate.begin(), candidate.end());
    } else {
      bias.insert(bias.end(), p.recurrent_bias.begin(), p.recurrent_bias.end());
      attributes.set("reset_behind", std::int64_t{1});
    }
    constexpr std::size_t features = Layer::Steps::features;
    const std::vector<int> inputs =
        gates<Layer>(blocks(all(p.weight), Hidden * features, order), blocks(of_output, Hidden * Hidden, order), bias, x);
    return sequence<Layer>("gru_sequence", inputs, attributes);
  }

  template <class Layer, std::size_t Hidden, class... Options>
  int sequence(nn::Lstm<Hidden, Options...>, const auto& p, int x, bool reversed) {
    constexpr std::array<std::size_t, 4> order{0, 3, 1, 2};
    constexpr std::size_t features = Layer::Steps::features;
    const std::vector<int> inputs =
        gates<Layer>(blocks(all(p.weight), Hidden * features, order), blocks(all(p.recurrent), Hidden * Hidden, order),
                     blocks(all(p.bias), Hidden, order), x);
    importer::Attributes every_step = of<Layer>(reversed);
    every_step.set("last_only", std::int64_t{0});
    apply(std::string{lstm_cells.name}, inputs, std::vector{whole(Layer::Count), whole(Hidden)}, every_step);
    return sequence<Layer>("lstm_sequence", inputs, of<Layer>(reversed));
  }

  template <class Layer>
  int sequence(const char* kind, const std::vector<int>& inputs, const importer::Attributes& attributes) {
    const int rows = Layer::options.last_step ? 1 : whole(Layer::Count);
    return apply("reshape", {apply(kind, inputs, std::vector{rows, whole(Layer::units)}, attributes)}, Layer::output);
  }

  // x, and the constants of its gates.
  template <class Layer>
  std::vector<int> gates(const Numbers& weight, const Numbers& of_output, const Numbers& bias, int x) {
    const int units = whole(Layer::units), inputs = whole(Layer::Steps::features), rows = whole(weight.size()) / inputs;
    return {x, constant({rows, inputs}, weight), constant({rows, units}, of_output), constant({whole(bias.size())}, bias)};
  }

  template <class Steps>
  int frames(int x) {
    return apply("reshape", {x}, std::vector{whole(Steps::steps), 1, whole(Steps::features)});
  }
  template <class Layer>
  static importer::Attributes of(bool reversed) {
    return {{"reversed", std::int64_t{reversed}}, {"last_only", std::int64_t{Layer::options.last_step}}};
  }

  static Numbers all(const auto& array) {
    Numbers made;
    for (const auto& each : array)
      if constexpr (std::is_same_v<decltype(each), const float&>) made.push_back(each);
      else made.insert(made.end(), each.begin(), each.end());
    return made;
  }
  // Blocks of so many numbers, in this order.
  template <std::size_t Count>
  static Numbers blocks(const Numbers& numbers, std::size_t size, const std::array<std::size_t, Count>& order) {
    Numbers made;
    for (std::size_t block : order) {
      const auto first = numbers.begin() + static_cast<std::ptrdiff_t>(block * size);
      made.insert(made.end(), first, first + static_cast<std::ptrdiff_t>(size));
    }
    return made;
  }
};

}  // namespace tools::quantizer
