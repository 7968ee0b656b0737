// A TensorFlow Lite model in memory, as its .tflite file has it: tensors, and operators in the order in which they run.
//
// What read_model returns holds together, and who uses it need not look again: indices are within their ranges; every tensor
// that an operator reads is a constant, an input of the model, a variable, or written by an operator before; no tensor is
// written twice; shapes are whole and known, data fit shape and type; scales are positive and finite, zero points within
// their type. Of the operators of check_weights.cpp, check_movement.cpp, check_state.cpp and check_shapes.cpp, inputs, options,
// types and shapes agree too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tools::tflite {

enum class Type { float32, int8, int16, int32, int64, uint8, boolean, int4, other };  // other: only of tensors that nothing uses

// real = scale · (stored - zero_point): one scale for all, or one for each index of shape[dimension].
struct Quantization {
  std::vector<float> scale;              // empty: none, always so of float32
  std::vector<std::int64_t> zero_point;  // as many as scales
  int dimension = 0;
};

struct Tensor {
  std::string name;  // any bytes
  Type type = Type::other;
  std::vector<int> shape;  // each at least 1; empty: a constant scalar
  Quantization quantization;
  std::vector<std::uint8_t> data;  // little-endian, int4 two in a byte with the first one low; empty: computed at run time
  bool variable = false;           // keeps its value from run to run
};

enum class Op {
  add, average_pool_2d, concatenation, conv_2d, depthwise_conv_2d, dequantize, elu, expand_dims, fully_connected, hard_swish,
  leaky_relu, logistic, max_pool_2d, maximum, mean, minimum, mul, pad, pad_v2, prelu, quantize, reduce_max, relu, relu6,
  relu_n1_to_1, reshape, resize_bilinear, resize_nearest_neighbor, slice, softmax, split, squeeze, strided_slice, sub, sum,
  svdf, tanh, transpose, transpose_conv, unidirectional_sequence_lstm, other
};

enum class Padding { same, valid };
enum class Activation { none, relu, relu_n1_to_1, relu6, other };

// Those that the operator has; the rest stay as they are here.
struct Options {
  Padding padding = Padding::same;
  Activation activation = Activation::none;  // fused
  int stride_h = 1, stride_w = 1;            // at least 1, like all of this row and the next
  int dilation_h = 1, dilation_w = 1;
  int filter_h = 0, filter_w = 0;  // of pooling
  int depth_multiplier = 1;        // output channels for each input channel, as the shapes have it
  int axis = 0;                    // of a concatenation or a split, 0 to rank - 1
  float beta = 1;                  // of softmax
  float alpha = 0;                 // of leaky ReLU
  bool keep_num_dims = false;      // of fully connected
  bool keep_dims = false;          // of reductions
  bool align_corners = false;      // of resizing, like the next
  bool half_pixel_centers = false;
  int rank = 0;                                       // of SVDF, at least 1
  float cell_clip = 0;                                // of LSTM; 0: none
  bool time_major = false;                            // of LSTM: steps before batch
  int splits = 0;                                     // outputs of a split
  int begin_mask = 0, end_mask = 0, shrink_mask = 0;  // of a strided slice: bit i is dimension i
  std::vector<int> begin = {}, step = {};  // of slices: the first index along each dimension of the input, and how far the next is
  std::vector<int> permutation = {};       // of a transpose: which dimension of the input becomes each of the output
};

struct Operator {
  Op op = Op::other;
  std::string name;          // as TensorFlow Lite's schema has it, such as CONV_2D
  std::vector<int> inputs;   // tensors; -1: an optional input that is absent
  std::vector<int> outputs;  // tensors
  Options options;
};

struct Model {
  std::string file;
  std::vector<Tensor> tensors;
  std::vector<Operator> operators;
  std::vector<int> inputs, outputs;  // tensors
};

// Throws Failure unless the file is a whole model of the kind above: one subgraph, shapes fixed (a batch left open is as
// large as the file says), dense constants inside the file, builtin operators.
Model read_model(const std::string& file);

// The same of bytes; `name` is what failures call them. Takes memory in proportion to the bytes, whatever they are.
Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes);

}  // namespace tools::tflite
