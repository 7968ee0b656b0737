// A model as the oracle and the generator know it: what a TensorFlow Lite file says, without its bytes. It shares nothing with
// tools/tflite and tools/import, which it is to judge.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace reference {

// The numbers of the file format.
enum class Type : std::int8_t {
  float32 = 0,
  float16 = 1,
  int32 = 2,
  uint8 = 3,
  int64 = 4,
  boolean = 6,
  int16 = 7,
  int8 = 9,
  resource = 13,
  int4 = 17
};

using Shape = std::vector<int>;

struct Tensor {
  Type type = Type::int8;
  Shape shape;
  std::vector<float> scale{};  // none: not quantized; several: one for each index of `dimension`
  std::vector<std::int64_t> zero_point{};
  int dimension = 0;
  std::vector<std::uint8_t> data{};  // of a constant, little-endian
  bool variable = false;             // an operator's state
};

enum class Op : std::int16_t {
  add = 0,
  average_pool_2d = 1,
  concatenation = 2,
  conv_2d = 3,
  depthwise_conv_2d = 4,
  depth_to_space = 5,
  dequantize = 6,
  fully_connected = 9,
  logistic = 14,
  max_pool_2d = 17,
  mul = 18,
  relu = 19,
  relu_n1_to_1 = 20,
  relu6 = 21,
  reshape = 22,
  resize_bilinear = 23,
  softmax = 25,
  space_to_depth = 26,
  svdf = 27,
  tanh = 28,
  pad = 34,
  gather = 36,
  batch_to_space_nd = 37,
  space_to_batch_nd = 38,
  transpose = 39,
  mean = 40,
  sub = 41,
  div = 42,
  squeeze = 43,
  lstm = 44,
  strided_slice = 45,
  exp = 47,
  split = 49,
  log_softmax = 50,
  cast = 53,
  prelu = 54,
  maximum = 55,
  arg_max = 56,
  minimum = 57,
  less = 58,
  neg = 59,
  pad_v2 = 60,
  greater = 61,
  greater_equal = 62,
  less_equal = 63,
  select = 64,
  slice = 65,
  transpose_conv = 67,
  expand_dims = 70,
  equal = 71,
  not_equal = 72,
  log = 73,
  sum = 74,
  sqrt = 75,
  rsqrt = 76,
  shape = 77,
  arg_min = 79,
  reduce_max = 82,
  pack = 83,
  unpack = 88,
  square = 92,
  resize_nearest_neighbor = 97,
  leaky_relu = 98,
  squared_difference = 99,
  mirror_pad = 100,
  abs = 101,
  split_v = 102,
  reverse_v2 = 105,
  elu = 111,
  quantize = 114,
  hard_swish = 117,
  select_v2 = 123,
  batch_matmul = 126,
  call_once = 129,
  var_handle = 142,
  read_variable = 143,
  assign_variable = 144
};

struct Operator {
  Op op = Op::add;
  std::vector<int> inputs, outputs;  // tensors; -1: none
  std::map<std::string, double> number{};
  std::map<std::string, std::vector<int>> list{};
  std::string text{};  // of VAR_HANDLE: the variable's name
};

struct Graph {
  std::vector<Tensor> tensors{};
  std::vector<Operator> operators{};
  std::vector<int> inputs{}, outputs{};
};

struct Model {
  std::vector<Graph> graphs{};  // the first is run
};

// A file or a model that the oracle does not know.
struct Unknown : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The definition leaves this undefined: a sum that passes 32 bits, a logarithm that ends in no number.
struct Undefined : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Model read(const std::vector<std::uint8_t>& file);
std::vector<std::uint8_t> write(const Model& model);

// "CONV_2D"
const char* name(Op op);

}  // namespace reference
