// What the importer refuses of models that hold together, each with the operator and what was expected. The program itself, its
// files and headers, is in import.cmake; numbers are in import_constant_inputs.cpp, import_int16.cpp and tests/golden.
#include "expect.hpp"
#include "tflite_models.hpp"
#include "tflite_writer.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/network.hpp"

namespace {

using namespace models;
using Parts = std::initializer_list<std::string_view>;

Tensor tensor(Type type, std::vector<int> shape, float scale = 0.5f, std::int64_t zero = 0) {
  Tensor made{"t", type, std::move(shape), {}, {}, false};
  if (type != Type::float32 && type != Type::int32) made.quantization = {.scale = {scale}, .zero_point = {zero}, .dimension = 0};
  return made;
}
Tensor code(std::vector<int> shape, float scale = 0.5f, std::int64_t zero = 0) { return tensor(Type::int8, std::move(shape), scale, zero); }
Tensor half(std::vector<int> shape, float scale = 0.5f, std::int64_t zero = 0) { return tensor(Type::int16, std::move(shape), scale, zero); }
Tensor real(std::vector<int> shape) { return tensor(Type::float32, std::move(shape)); }
// int32 cannot be computed, but a variable can have that type.
Tensor variable(Tensor of) {
  of.variable = true;
  return of;
}
Tensor constant(Tensor of, std::size_t bytes) {
  of.data.assign(bytes, 1);
  return of;
}

// One operator; tensors without data are inputs of the model.
Model model(Op op, const char* name, const std::vector<Tensor>& inputs, const Tensor& y, const Options& options = {}) {
  Builder b;
  std::vector<int> read;
  for (const Tensor& input : inputs) {
    read.push_back(b.add(input));
    if (input.data.empty() && !input.variable) b.model.inputs.push_back(read.back());
  }
  b.model.outputs = {b.run(op, name, read, y, options)};
  return b.model;
}

// `place`: of what is refused. The reader lets it pass, if the writer of tests knows the operator.
void refused(const Model& of, std::string_view place, Parts parts, int line = __builtin_LINE()) {
  try {
    if (writer::code_of(of.operators[0].op).first != 128) tools::tflite::parse_model("made", writer::bytes_of(of));
  } catch (const tools::Failure& failure) {
    report_failure(__FILE__, line, "the reader: ", std::string_view{failure.what()});
  }
  try {
    tools::importer::lower(of);
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    bool good = sentence.starts_with("made: " + std::string{place} + ": ") && sentence.find("; expected ") != sentence.npos;
    for (std::string_view part : parts) good = good && sentence.find(part) != sentence.npos;
    if (!good) report_failure(__FILE__, line, "\"", sentence, "\"");
  }
}

void kinds() {
  Model cumsum = mixed();
  cumsum.operators.erase(cumsum.operators.begin() + 1, cumsum.operators.begin() + 3);
  cumsum.operators[1].inputs[0] = 1;
  refused(cumsum, "operator 1 CUMSUM", {"is not supported", "ADD, AVERAGE_POOL_2D", "or TRANSPOSE"});
  refused(model(Op::relu_n1_to_1, "RELU_N1_TO_1", {code({2})}, code({2})), "operator 0 RELU_N1_TO_1", {"not supported on int8", "PRELU"});
  refused(model(Op::maximum, "MAXIMUM", {code({2}), code({2})}, code({2})), "operator 0 MAXIMUM", {"not supported on int8"});
  refused(model(Op::elu, "ELU", {real({2})}, real({2})), "operator 0 ELU", {"not supported on float32", "RELU_N1_TO_1"});
  refused(model(Op::hard_swish, "HARD_SWISH", {half({2})}, half({2})), "operator 0 HARD_SWISH", {"not supported on int16", "LEAKY_RELU"});
  refused(model(Op::hard_swish, "HARD_SWISH", {code({2}, 100.0f)}, code({2}, 0.5f)), "operator 0 HARD_SWISH", {"scales"});
  refused(model(Op::resize_bilinear, "RESIZE_BILINEAR", {real({1, 2, 2, 1}), int32("size", {2}, {4, 4})}, real({1, 4, 4, 1})),
          "operator 0 RESIZE_BILINEAR", {"not supported on float32"});

  for (Type type : {Type::uint8, Type::int32}) {
    refused(model(Op::quantize, "QUANTIZE", {real({2})}, tensor(type, {2})), "operator 0 QUANTIZE", {"an output of type", "expected int8"});
    refused(model(Op::quantize, "QUANTIZE", {code({2})}, tensor(type, {2})), "operator 0 QUANTIZE", {"an output of type", "expected int8"});
    refused(model(Op::quantize, "QUANTIZE", {half({2})}, tensor(type, {2})), "operator 0 QUANTIZE", {"an output of type", "expected int16"});
  }
  refused(model(Op::relu, "RELU", {tensor(Type::uint8, {2})}, tensor(Type::uint8, {2})), "tensor 0 \"t\"", {"has the type uint8", "int8, int16 or float32"});
  const Tensor bytes = constant(tensor(Type::uint8, {2}), 2);
  Model known = model(Op::dequantize, "DEQUANTIZE", {bytes}, real({2}));
  known.inputs = {known.outputs[0] + 1};
  known.tensors.push_back(real({2}));
  refused(known, "operator 0 DEQUANTIZE", {"an input of type uint8", "int8"});
  known.operators[0].op = Op::quantize;
  known.tensors[1] = half({2});
  refused(known, "operator 0 DEQUANTIZE", {"an input of type uint8", "int16"});
  known.tensors[1] = code({2});
  refused(known, "operator 0 DEQUANTIZE", {"an input of type uint8", "int8"});
}

void shapes() {
  refused(model(Op::mean, "MEAN", {code({1, 2, 2, 3}), int32("axes", {1}, {-1})}, code({1, 2, 2})), "operator 0 MEAN",
          {"reduces dimension 3", "the height (1), the width (2) or both"});
  refused(model(Op::mean, "MEAN", {code({2, 2, 3}), int32("axes", {1}, {1})}, code({2, 3})), "operator 0 MEAN", {"the shape 2x2x3", "four dimensions"});
  refused(model(Op::add, "ADD", {code({1, 1, 1, 2, 1, 2}), code({2})}, code({1, 1, 1, 2, 1, 2})), "operator 0 ADD", {"1x1x1x2x1x2", "at most five"});
  refused(model(Op::pad, "PAD", {code({1, 1, 1, 1, 1, 2}), int32("padding", {6, 2}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})}, code({1, 1, 1, 1, 1, 3})), "operator 0 PAD",
          {"1x1x1x1x1x2", "at most five"});
  refused(model(Op::transpose, "TRANSPOSE", {code({2, 2, 2, 2, 2, 2}), int32("order", {6}, {5, 4, 3, 2, 1, 0})}, code({2, 2, 2, 2, 2, 2}),
                {.permutation = {5, 4, 3, 2, 1, 0}}),
          "operator 0 TRANSPOSE", {"along 6 dimensions", "at most 5"});
  refused(model(Op::resize_bilinear, "RESIZE_BILINEAR", {code({1, 2, 2, 1}), int32("size", {2}, {3000, 4})}, code({1, 3000, 4, 1})),
          "operator 0 RESIZE_BILINEAR", {"makes 3000 rows or columns of 2"});
}

void scales() {
  const Options pool{.filter_h = 1, .filter_w = 1};
  for (Op op : {Op::average_pool_2d, Op::max_pool_2d}) {
    refused(model(op, "POOL", {code({1, 2, 2, 1})}, code({1, 2, 2, 1}, 0.25f), pool), "operator 0 POOL", {"changes the scale", "the same"});
    refused(model(op, "POOL", {half({1, 2, 2, 1})}, half({1, 2, 2, 1}, 0.25f), pool), "operator 0 POOL", {"changes the scale"});
  }
  refused(model(Op::reduce_max, "REDUCE_MAX", {code({1, 2, 2, 1}), int32("axes", {1}, {1})}, code({1, 2, 1}, 0.5f, 1)), "operator 0 REDUCE_MAX", {"changes"});
  refused(model(Op::pad, "PAD", {code({2}), int32("padding", {1, 2}, {0, 1})}, code({3}, 0.5f, 1)), "operator 0 PAD", {"changes the scale"});
  refused(model(Op::relu6, "RELU6", {half({2})}, half({2}, 0.25f)), "operator 0 RELU6", {"changes the scale"});
  refused(model(Op::concatenation, "CONCATENATION", {code({2}), code({2}, 0.25f)}, code({4})), "operator 0 CONCATENATION", {"several scales"});
  refused(model(Op::concatenation, "CONCATENATION", {half({2}), half({2}, 0.25f)}, half({4})), "operator 0 CONCATENATION", {"several scales"});
  refused(model(Op::softmax, "SOFTMAX", {code({2})}, code({2}, 0.5f)), "operator 0 SOFTMAX", {"an output of another scale", "1/256 and zero point -128"});
  refused(model(Op::softmax, "SOFTMAX", {code({2})}, half({2}, 0.5f)), "operator 0 SOFTMAX", {"1/65536 and zero point -32768"});
  refused(model(Op::softmax, "SOFTMAX", {half({2})}, half({2}, 0.5f)), "operator 0 SOFTMAX", {"1/32768 and zero point 0"});
  refused(model(Op::softmax, "SOFTMAX", {code({2}, 1e-9f)}, code({2}, 1.0f / 256, -128)), "operator 0 SOFTMAX", {"a very small scale", "2^-26"});
  refused(model(Op::softmax, "SOFTMAX", {half({2}, 50.0f)}, half({2}, 1.0f / 32768)), "operator 0 SOFTMAX", {"a large scale"});
  refused(model(Op::softmax, "SOFTMAX", {half({65536})}, half({65536}, 1.0f / 32768)), "operator 0 SOFTMAX", {"65536 classes", "at most 65535"});
  refused(model(Op::logistic, "LOGISTIC", {half({2})}, half({2}, 0.25f)), "operator 0 LOGISTIC", {"another scale", "1/32768"});
  refused(model(Op::logistic, "LOGISTIC", {half({2}, 3.0f)}, half({2}, 1.0f / 32768)), "operator 0 LOGISTIC", {"a large scale"});
  refused(model(Op::logistic, "LOGISTIC", {half({2}, 0.5f, 1)}, half({2}, 1.0f / 32768)), "operator 0 LOGISTIC", {"zero point 1 on int16", "expected 0"});
  refused(model(Op::mul, "MUL", {half({2}), half({2}, 0.5f, -7)}, half({2})), "operator 0 MUL", {"zero point -7 on int16"});
}

void weights() {
  const Options valid{.padding = Padding::valid};
  const Tensor x = code({1, 1, 1, 4}), y = code({1, 1, 1, 2}), w = constant(code({2, 1, 1, 4}), 8);
  const Tensor real_w = constant(real({2, 1, 1, 4}), 32), half_x = half({1, 1, 1, 4}), half_y = half({1, 1, 1, 2});
  const auto conv = [&](const std::vector<Tensor>& inputs, const Tensor& to) { return model(Op::conv_2d, "CONV_2D", inputs, to, valid); };
  const std::string place = "operator 0 CONV_2D";
  refused(conv({x, code({2, 1, 1, 4})}, y), place, {"weights that are computed", "constants"});
  refused(conv({x, constant(code({2, 1, 1, 4}, 0.5f, 3), 8)}, y), place, {"weights with the zero point 3", "expected 0"});
  refused(conv({x, w, variable(tensor(Type::int32, {2}))}, y), place, {"biases that are computed"});
  refused(conv({real({1, 1, 1, 4}), real({2, 1, 1, 4})}, real({1, 1, 1, 2})), place, {"weights that are computed"});
  refused(conv({real({1, 1, 1, 4}), real_w, real({2})}, real({1, 1, 1, 2})), place, {"biases that are computed"});
  refused(conv({real({1, 1, 1, 8}), real_w}, real({1, 1, 1, 2})), place, {"a grouped convolution: weights for 4 channels of 8", "as many"});
  refused(conv({half({1, 1, 1, 8}), w}, half_y), place, {"a grouped convolution"});
  refused(conv({half_x, w, variable(tensor(Type::int32, {2}))}, half_y), place, {"biases that are computed"});
  refused(conv({half({1, 1, 1, 4}, 0.5f, 2), w}, half_y), place, {"zero point 2 on int16"});
  refused(conv({half_x, w}, half({1, 1, 1, 2}, 0.5f, 2)), place, {"zero point 2 on int16"});
  Tensor wide = constant(tensor(Type::int64, {2}), 16);
  wide.quantization = {};
  refused(conv({half_x, w, wide}, half_y), place, {"the bias 72340172838076673", "within 2^46"});
  wide.data.assign(16, 0);
  refused(conv({half({1, 1, 1, 4}, 900.0f), w, wide}, half({1, 1, 1, 2})), place, {"weights of a large scale"});
  refused(model(Op::depthwise_conv_2d, "DEPTHWISE_CONV_2D", {half({1, 1, 1, 2}), constant(code({1, 1, 1, 2}), 2), int32("b", {2}, {1, 2})}, half_y, valid),
          "operator 0 DEPTHWISE_CONV_2D", {"biases of int32", "int64"});
  refused(model(Op::prelu, "PRELU", {code({2}), code({2})}, code({2})), "operator 0 PRELU", {"slopes that are computed"});
  refused(model(Op::pad_v2, "PADV2", {real({2}), int32("padding", {1, 2}, {0, 1}), real({1})}, real({3})), "operator 0 PADV2", {"not one constant", "float32"});
  refused(model(Op::pad_v2, "PADV2", {code({2}), int32("padding", {1, 2}, {0, 1}), constant(code({2}), 2)}, code({3})), "operator 0 PADV2", {"not one constant"});
}

void activations() {
  for (Type type : {Type::int8, Type::int16, Type::float32}) {
    const Tensor x = tensor(type, {2}), y = tensor(type, {4});
    refused(model(Op::concatenation, "CONCATENATION", {x, x}, y, {.activation = Activation::relu}), "operator 0 CONCATENATION", {"a fused activation", "none"});
    refused(model(Op::add, "ADD", {x, x}, x, {.activation = Activation::other}), "operator 0 ADD", {"a fused activation of another kind", "RELU6"});
  }
}

// A few bytes of a file that ask for much memory or time.
void sizes() {
  constexpr int most = 1 << 24;
  refused(model(Op::relu, "RELU", {code({most + 1})}, code({most + 1})), "tensor 0 \"t\"", {"has 16777217 bytes", "at most 16777216"});
  refused(model(Op::resize_nearest_neighbor, "RESIZE_NEAREST_NEIGHBOR", {code({1, 1, 1, 1}), int32("size", {2}, {most + 1, 1})}, code({1, most + 1, 1, 1})),
          "tensor 2 \"t\"", {"has 16777217 bytes"});
  refused(model(Op::mean, "MEAN", {code({1, 4096, 4096, 1}), int32("axes", {2}, {1, 2})}, code({1, 1})), "operator 0 MEAN",
          {"sums up 16777216 numbers", "at most 8388608"});
  refused(model(Op::average_pool_2d, "AVERAGE_POOL_2D", {half({1, 200, 200, 1})}, half({1, 1, 1, 1}),
                {.padding = Padding::valid, .filter_h = 200, .filter_w = 200}),
          "operator 0 AVERAGE_POOL_2D", {"sums up 40000 numbers", "at most 32768"});
  Builder b;
  b.model.inputs = {b.add(code({most}))};
  for (int i = 0; i < 15; ++i) b.run(Op::relu, "RELU", {i}, code({most}));
  b.model.outputs = {15};
  tools::importer::lower(b.model);
  b.run(Op::relu, "RELU", {15}, code({most}));
  refused(b.model, "tensor 16 \"t\"", {"285212672 bytes", "at most 268435456 in all"});
  refused(model(Op::max_pool_2d, "MAX_POOL_2D", {code({1, 4096, 4096, 1})}, code({1, 4096, 4096, 1}), {.filter_h = 4096, .filter_w = 4096}),
          "operator 0 MAX_POOL_2D", {"read 281474976710656 numbers", "at most 17179869184"});
  refused(model(Op::conv_2d, "CONV_2D", {code({1, 2, 2, 1}), constant(code({1, 300, 1, 1}), 300)}, code({1, 2, 2, 1}), {.dilation_h = 65535}),
          "operator 0 CONV_2D", {"a window over 19594966 rows", "at most 16777216"});
  refused(model(Op::transpose_conv, "TRANSPOSE_CONV", {int32("shape", {4}, {1, 1, 1, 1}), constant(code({1, 1, 1, 1}), 1), code({1, 1, 1, 1})}, code({1, 1, 1, 1}),
                {.padding = Padding::valid, .stride_h = 65535, .stride_w = 2}),
          "operator 0 TRANSPOSE_CONV", {"the strides 65535 and 2", "at most 65536"});
}

void states() {
  // Tensors of stream(): 2 time, 3 bias of the first SVDF, 10 sequence, 11 lstm/w, 18 lstm/r, 19 lstm/b, 23 hidden, 24 cell, 25 last.
  const auto changed = [](auto change) {
    Model m = stream();
    change(m);
    return m;
  };
  const std::string svdf = "operator 0 SVDF", lstm = "operator 3 UNIDIRECTIONAL_SEQUENCE_LSTM";
  refused(changed([](Model& m) { m.tensors[2].data.clear(); m.inputs.push_back(2); }), svdf, {"weights that are computed"});
  refused(changed([](Model& m) { m.tensors[2].quantization.zero_point = {4}; }), svdf, {"zero point 4"});
  refused(changed([](Model& m) { m.tensors[3].data.clear(); m.tensors[3].variable = true; }), svdf, {"biases that are computed"});
  refused(changed([](Model& m) { m.operators[3].options.time_major = true; m.tensors[23].shape = m.tensors[24].shape = {2, 3}; }), lstm, {"steps before its batch"});
  refused(changed([](Model& m) { m.tensors[24].quantization.scale = {0.001f}; }), lstm, {"a cell of another scale", "a power of 2"});
  refused(changed([](Model& m) { m.tensors[24].quantization.zero_point = {1}; }), lstm, {"a cell of another scale"});
  refused(changed([](Model& m) { m.tensors[25].quantization.zero_point = {1}; }), lstm, {"another scale than its state"});
  refused(changed([](Model& m) { m.tensors[18].data.clear(); m.inputs.push_back(18); }), lstm, {"weights that are computed"});
  refused(changed([](Model& m) { m.tensors[19].type = Type::int64; m.tensors[19].data.resize(24); }), lstm, {"biases of type int64", "int32"});
  refused(changed([](Model& m) { m.tensors[19].data.clear(); m.tensors[19].variable = true; }), lstm, {"biases that are computed"});
}

}  // namespace

int main() {
  for (const auto& [name, whole] : all())
    if (std::string_view{name} != "mixed") tools::importer::lower(whole);
  kinds();
  shapes();
  scales();
  weights();
  activations();
  sizes();
  states();
  return expectations_failed();
}
