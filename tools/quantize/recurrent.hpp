// Recurrent layers of a float network as operators of the importer that begin anew with each run:
//
//   Rnn, Gru, Lstm    RNN_SEQUENCE, GRU_SEQUENCE, LSTM_SEQUENCE, whose gates are z, r, n and i, o, f, g; beside the last one
//                     LSTM_CELLS, for the range of c
//   Bidirectional     two of them, one from the last step to the first, and a CONCATENATION
#pragma once

#include <span>
#include <type_traits>
#include <vector>

#include "nn/nn.hpp"
#include "tools/quantize/builder.hpp"

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

  // Of all rows.
  using Numbers = std::span<const float>;
  static Numbers all(const auto& array) {
    if constexpr (std::is_same_v<decltype(array[0]), const float&>) return array;
    else return {array[0].data(), array.size() * array[0].size()};
  }

 private:

  // What a layer is that takes a frame after the other.
  struct Sequence {
    int units, features, steps;
    bool last_step, reversed;
    nn::Shape output;
  };
  template <class Layer>
  static Sequence of(bool reversed) {
    return {whole(Layer::units), whole(Layer::Steps::features), whole(Layer::Count), Layer::options.last_step, reversed,
            Layer::output};
  }

  template <class Layer, std::size_t Hidden, class... Options>
  int sequence(nn::Rnn<Hidden, Options...>, const auto& p, int x, bool reversed) {
    return rnn(of<Layer>(reversed), all(p.weight), all(p.recurrent), all(p.bias), Layer::options.relu, x);
  }

  template <class Layer, std::size_t Hidden, class... Options>
  int sequence(nn::Gru<Hidden, Options...>, const auto& p, int x, bool reversed) {
    if constexpr (Layer::options.reset_before)
      return gru(of<Layer>(reversed), all(p.weight), all(p.recurrent), all(p.candidate), all(p.bias), {}, x);
    else
      return gru(of<Layer>(reversed), all(p.weight), all(p.recurrent), {}, all(p.bias), all(p.recurrent_bias), x);
  }

  template <class Layer, std::size_t Hidden, class... Options>
  int sequence(nn::Lstm<Hidden, Options...>, const auto& p, int x, bool reversed) {
    return lstm(of<Layer>(reversed), all(p.weight), all(p.recurrent), all(p.bias), x);
  }

  int rnn(const Sequence& layer, Numbers weight, Numbers recurrent, Numbers bias, bool relu, int x);
  // `candidate`: of the reset before the product; `recurrent_bias`: of the one behind it.
  int gru(const Sequence& layer, Numbers weight, Numbers recurrent, Numbers candidate, Numbers bias, Numbers recurrent_bias,
          int x);
  int lstm(const Sequence& layer, Numbers weight, Numbers recurrent, Numbers bias, int x);

  int add(const Sequence& layer, const char* kind, const std::vector<int>& inputs, const importer::Attributes& attributes);
  // x, and the constants of its gates.
  std::vector<int> gates(const Sequence& layer, const std::vector<float>& weight, const std::vector<float>& of_output,
                         const std::vector<float>& bias, int x);

  template <class Steps>
  int frames(int x) {
    return apply("reshape", {x}, std::vector{whole(Steps::steps), 1, whole(Steps::features)});
  }
};

}  // namespace tools::quantizer
