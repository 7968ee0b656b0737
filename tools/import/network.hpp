// Network: a model brought to the operators of nn/int8 and nn/float32, with the constants that they point to.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "nn/float32/float32.hpp"
#include "nn/graph/operators.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/int8.hpp"
#include "tools/tflite/model.hpp"

namespace tools::importer {

using nn::graph::Broadcast;
using nn::graph::Extent;
using nn::graph::Pair;
using nn::graph::TransposeWindow;
using nn::graph::Window;
using Concatenation = nn::graph::Concatenation<std::int8_t>;
using Pad = nn::graph::Pad<std::int8_t>;

using Operation = std::variant<nn::int8::Add, nn::int8::AveragePool2d, Concatenation, nn::graph::Concatenation<std::int16_t>,
                               nn::graph::Concatenation<float>, nn::int8::Conv2d, nn::int8::DepthwiseConv2d,
                               nn::int8::Dequantize, nn::int8::FullyConnected, nn::int8::Lookup, nn::int8::MaxPool2d, nn::int8::Mean,
                               nn::int8::Mul, Pad, nn::int8::Quantize, nn::int8::Softmax, nn::float32::Activation,
                               nn::float32::Arithmetic, nn::float32::Conv2d, nn::float32::DepthwiseConv2d, nn::float32::FullyConnected,
                               nn::graph::Pad<float>, nn::float32::Pool2d, nn::float32::Softmax, nn::int16::Add, nn::int16::AveragePool2d,
                               nn::int16::Conv2d, nn::int16::DepthwiseConv2d, nn::int16::Dequantize, nn::int16::FullyConnected,
                               nn::int16::Logistic, nn::int16::MaxPool2d, nn::int16::Mean, nn::int16::Mul, nn::graph::Pad<std::int16_t>,
                               nn::int16::Quantize, nn::int16::Rescale<std::int16_t, std::int16_t>,
                               nn::int16::Rescale<std::int16_t, std::int8_t>, nn::int16::Rescale<std::int8_t, std::int16_t>,
                               nn::int16::Softmax, nn::int16::SoftmaxOfInt8, nn::int16::Tanh, nn::int8::GroupedConv2d, nn::int8::Prelu,
                               nn::int8::ResizeBilinear, nn::graph::ResizeNearest<std::int8_t>, nn::graph::ResizeNearest<std::int16_t>,
                               nn::graph::ResizeNearest<float>, nn::graph::StridedCopy<std::int8_t>, nn::graph::StridedCopy<std::int16_t>,
                               nn::graph::StridedCopy<float>, nn::int8::TransposeConv2d,
                               nn::float32::TransposeConv2d, nn::int8::Svdf<std::int8_t>, nn::int8::Svdf<std::int16_t>, nn::float32::Svdf,
                               nn::int8::Lstm>;

struct Applied {
  Operation operation;
  std::string name;  // of the operator in the file: "conv_2d_3" for the CONV_2D with index 3
  int output;        // tensors
  std::vector<int> inputs;
};

struct Tensor {
  std::int32_t bytes;
  tflite::Type type;
  std::string text;  // shape, type and quantization, for a comment
  nn::int8::Affine affine{0, 0};  // of int8: what its codes stand for
  std::vector<std::int8_t> constant{};  // its bytes, if they are known beforehand: then it stays in flash
  std::int32_t channels = 1;            // of a constant: its last dimension
  std::vector<int> shape{};
};

struct Network {
  std::vector<Tensor> tensors;
  std::vector<int> inputs, outputs;
  bool keeps_inputs = false;  // running does not overwrite them
  std::vector<Applied> operators;
  std::vector<std::string> removed;  // what needs no operator
  std::vector<std::string> report;   // what remove_constants did, in sentences

  // What operators point to; a deque never moves what it holds.
  std::deque<std::vector<std::int8_t>> bytes;
  std::deque<std::vector<std::int16_t>> halves;
  std::deque<std::vector<std::uint16_t>> unsigned_halves;
  std::deque<std::vector<std::int32_t>> words;
  std::deque<std::vector<std::int64_t>> longs;
  std::deque<std::vector<float>> floats;
  std::deque<std::vector<nn::int8::Scale>> scales;
};

// Throws Failure, naming the operator or tensor, if the model holds something that is not supported.
Network lower(const tflite::Model& model);

// Runs a network on this machine, in the workspace that the compiler will plan for it.
class Runner {
 public:
  explicit Runner(const Network& all);

  // The tensors of network.outputs, one after another.
  std::vector<std::int8_t> run(const std::vector<std::vector<std::int8_t>>& inputs);
  // What operators keep from run to run is lost.
  void reset();

  std::size_t workspace_bytes() const { return static_cast<std::size_t>(planned_bytes); }

 private:
  std::byte* at(int tensor);

  const Network& network;
  std::vector<int> number;  // of each tensor among those that are computed; -1 of a constant
  std::vector<nn::graph::TensorFacts> tensors;
  std::vector<nn::graph::StepFacts> steps;
  std::vector<nn::graph::Read> reads;
  std::vector<std::int32_t> inputs, outputs;
  nn::graph::Facts facts;
  std::vector<nn::graph::Block> blocks;
  std::int32_t planned_bytes = 0;
  std::vector<std::int64_t> memory;  // in words, so that all numbers are aligned
};

inline std::vector<std::int8_t> run(const Network& network, const std::vector<std::vector<std::int8_t>>& inputs) {
  return Runner{network}.run(inputs);
}

}  // namespace tools::importer
