// OnnxLayer of recurrent layers: nodes RNN, GRU, LSTM. ONNX has the steps first and other orders of gates: GRU z, r, h and LSTM
// i, o, f, c where PyTorch and we have r, z, n and i, f, g, o; both biases stand behind each other in B.
#pragma once

#include <cstddef>

#include "tools/export/onnx_layers.hpp"

namespace tools {

struct OnnxSequence {
  std::size_t gates, steps, features, hidden, directions;
  bool relu, reset_before, last_step, in_rows;
};
// One: the bound layer of a direction.
template <class One, std::size_t Directions>
constexpr OnnxSequence sequence_of{.gates = One::Cell::gate_count,
                                   .steps = One::Count,
                                   .features = One::Cell::features,
                                   .hidden = One::units,
                                   .directions = Directions,
                                   .relu = One::options.relu,
                                   .reset_before = One::options.reset_before,
                                   .last_step = One::options.last_step,
                                   .in_rows = One::Steps::in_rows};

namespace onnx {
OnnxValue recurrent(OnnxWriter& writer, const OnnxValue& x, const OnnxSequence& layer, const nn::Shape& output);
}

struct OnnxRecurrent {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::recurrent(writer, x, sequence_of<Bound, 1>, Bound::output);
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
    return onnx::recurrent(writer, x, sequence_of<typename Bound::One, 2>, Bound::output);
  }
};

}  // namespace tools
