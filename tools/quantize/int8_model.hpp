// The int8 form of a float model, as TensorFlow Lite has it:
//
//   computed tensors   real = scale · (code - zero), code in [-128, 127], from the range of the tensor's numbers with 0 in it
//                      softmax and logistic functions: scale 1/256, zero -128; tanh: 1/128, 0
//                      pooling, padding and reshaping keep scale and zero; what is concatenated has those of the result, but
//                      for outputs of recurrent layers, and what others read too, where these would lose more than one bit: a
//                      QUANTIZE stands between
//   weights            scale · code, code in [-127, 127], one scale for each output channel
//   biases             int32, of the scale of the input times that of the weights
//   recurrent layers   one scale of W and one of R for each gate, their outputs by range as all others; the cell of an Lstm in 16
//                      bits of 2^p/32768, 2^p the least power of two from 1 to 1024 that is no less than any |c|
// Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference (2018).
#pragma once

#include <string>
#include <vector>

#include "tools/quantize/ranges.hpp"
#include "tools/import/model.hpp"

namespace tools::quantizer {

// Input 1 of such an operator is its weights, input 2 its biases.
inline bool has_weights(const std::string& kind) {
  return kind == "conv_2d" || kind == "depthwise_conv_2d" || kind == "fully_connected";
}

// Inputs 1 and 2 are weights of the input and of the last output.
inline bool recurs(const std::string& kind) {
  return kind == "rnn_sequence" || kind == "gru_sequence" || kind == "lstm_sequence";
}

importer::Model int8_model(const importer::Model& floats, const std::vector<Interval>& ranges);

}  // namespace tools::quantizer
