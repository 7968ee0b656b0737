// What the importer refuses of models that hold together, each with the operator and what was expected. The program itself, its
// files and headers, is in import.cmake; numbers are in import_constant_inputs.cpp, import_int16.cpp and tests/golden.
#include "expect.hpp"
#include "tflite_models.hpp"
#include "tflite_writer.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/network.hpp"
#include "tools/tflite/read.hpp"

namespace {

using namespace models;
using Parts = std::initializer_list<std::string_view>;

Tensor tensor(Type type, std::vector<int> shape, float scale = 0.5f, std::int64_t zero = 0) {
  Tensor made{"t", type, std::move(shape), {}, {}, false};
  if (type != Type::float32 && type != Type::int32) made.quantization = {.scale = {scale}, .zero_point = {zero}, .dimension = 0};
  return made;
}
Tensor code(std::vector<int> shape, float scale = 0.5f, std::int64_t zero = 0) {
  return tensor(Type::int8, std::move(shape), scale, zero);
}
Tensor half(std::vector<int> shape, float scale = 0.5f, std::int64_t zero = 0) {
  return tensor(Type::int16, std::move(shape), scale, zero);
}
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
Model model(const char* name, const std::vector<Tensor>& inputs, const Tensor& y, const Attributes& attributes = {}) {
  Builder b;
  std::vector<int> read;
  for (const Tensor& input : inputs) {
    read.push_back(b.add(input));
    if (input.data.empty() && !input.variable) b.model.inputs.push_back(read.back());
  }
  b.model.outputs = {b.run(name, read, y, attributes)};
  return b.model;
}

// `place`: of what is refused. The reader lets it pass, if the writer of tests knows the operator.
void refused(const Model& of, std::string_view place, Parts parts, int line = __builtin_LINE()) {
  try {
    tools::tflite::parse_model("made", writer::bytes_of(of));
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
  refused(cumsum, "operator 1 CUMSUM", {"is not supported; expected ABS, ADD, ", "TRANSPOSE, "});
  refused(model("RELU_N1_TO_1", {code({2})}, code({2})), "operator 0 RELU_N1_TO_1", {"not supported on int8", "PRELU"});
  refused(model("CEIL", {real({2})}, real({2})), "operator 0 CEIL", {"is not supported; expected ABS, ADD, "});
  refused(model("HARD_SWISH", {half({2})}, half({2})), "operator 0 HARD_SWISH", {"not supported on int16", "LEAKY_RELU"});
  refused(model("HARD_SWISH", {code({2}, 100.0f)}, code({2}, 0.5f)), "operator 0 HARD_SWISH", {"scales"});
  refused(model("RESIZE_BILINEAR", {half({1, 2, 2, 1}), int32("size", {2}, {4, 4})}, half({1, 4, 4, 1})),
          "operator 0 RESIZE_BILINEAR", {"not supported on int16"});

  for (const Tensor& x : {real({2}), code({2}), half({2})})
    refused(model("QUANTIZE", {x}, tensor(Type::int32, {2})), "operator 0 QUANTIZE",
            {"codes without a scale", "a scale and a zero point"});
  refused(model("RELU", {tensor(Type::uint8, {2})}, tensor(Type::uint8, {2})), "operator 0 RELU",
          {"is not supported on uint8", "RESHAPE"});
  refused(model("RESHAPE", {tensor(Type::int64, {2})}, tensor(Type::int64, {2})), "tensor 0 \"t\"",
          {"has the type int64", "float32, int8, int16"});
}

void shapes() {
  refused(model("ADD", {code({1, 1, 1, 2, 1, 2}), code({2})}, code({1, 1, 1, 2, 1, 2})), "operator 0 ADD",
          {"1x1x1x2x1x2", "at most 5"});
  refused(model("PAD", {code({1, 1, 1, 1, 1, 2}), int32("padding", {6, 2}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})},
                code({1, 1, 1, 1, 1, 3})),
          "operator 0 PAD", {"1x1x1x1x1x2", "at most 5"});
  refused(model("TRANSPOSE", {code({2, 2, 2, 2, 2, 2}), int32("order", {6}, {5, 4, 3, 2, 1, 0})}, code({2, 2, 2, 2, 2, 2}),
                {}),
          "operator 0 TRANSPOSE", {"along 6 dimensions", "at most 5"});
  refused(model("RESIZE_BILINEAR", {code({1, 2, 2, 1}), int32("size", {2}, {3000, 4})}, code({1, 3000, 4, 1})),
          "operator 0 RESIZE_BILINEAR", {"makes 3000 rows or columns of 2"});
}

void scales() {
  const Attributes pool{{"filter_h", 1}, {"filter_w", 1}};
  for (const char* op : {"AVERAGE_POOL_2D", "MAX_POOL_2D"}) {
    refused(model(op, {code({1, 2, 2, 1})}, code({1, 2, 2, 1}, 0.25f), pool), std::string{"operator 0 "} + op,
            {"changes the scale", "the same"});
    refused(model(op, {half({1, 2, 2, 1})}, half({1, 2, 2, 1}, 0.25f), pool), std::string{"operator 0 "} + op,
            {"changes the scale"});
  }
  refused(model("REDUCE_MAX", {code({1, 2, 2, 1}), int32("axes", {1}, {1})}, code({1, 2, 1}, 0.5f, 1)), "operator 0 REDUCE_MAX",
          {"changes"});
  refused(model("PAD", {code({2}), int32("padding", {1, 2}, {0, 1})}, code({3}, 0.5f, 1)), "operator 0 PAD",
          {"changes the scale"});
  refused(model("RELU6", {half({2})}, half({2}, 0.25f)), "operator 0 RELU6", {"changes the scale"});
  refused(model("CONCATENATION", {code({2}), code({2}, 0.25f)}, code({4})), "operator 0 CONCATENATION", {"several scales"});
  refused(model("CONCATENATION", {half({2}), half({2}, 0.25f)}, half({4})), "operator 0 CONCATENATION", {"several scales"});
  refused(model("SOFTMAX", {code({2})}, code({2}, 0.5f)), "operator 0 SOFTMAX",
          {"an output of another scale", "1/256 and zero point -128"});
  refused(model("SOFTMAX", {code({2})}, half({2}, 0.5f)), "operator 0 SOFTMAX", {"1/65536 and zero point -32768"});
  refused(model("SOFTMAX", {half({2})}, half({2}, 0.5f)), "operator 0 SOFTMAX", {"1/32768 and zero point 0"});
  refused(model("SOFTMAX", {code({2}, 1e-9f)}, code({2}, 1.0f / 256, -128)), "operator 0 SOFTMAX",
          {"a very small scale", "2^-26"});
  refused(model("SOFTMAX", {half({2}, 50.0f)}, half({2}, 1.0f / 32768)), "operator 0 SOFTMAX", {"a large scale"});
  refused(model("SOFTMAX", {half({65536})}, half({65536}, 1.0f / 32768)), "operator 0 SOFTMAX",
          {"65536 classes", "at most 65535"});
  refused(model("LOGISTIC", {half({2})}, half({2}, 0.25f)), "operator 0 LOGISTIC", {"another scale", "1/32768"});
  refused(model("LOGISTIC", {half({2}, 3.0f)}, half({2}, 1.0f / 32768)), "operator 0 LOGISTIC", {"a large scale"});
  refused(model("LOGISTIC", {half({2}, 0.5f, 1)}, half({2}, 1.0f / 32768)), "operator 0 LOGISTIC",
          {"zero point 1 on int16", "expected 0"});
  refused(model("MUL", {half({2}), half({2}, 0.5f, -7)}, half({2})), "operator 0 MUL", {"zero point -7 on int16"});
}

void weights() {
  const Attributes valid{{"padding", "valid"}};
  const Tensor x = code({1, 1, 1, 4}), y = code({1, 1, 1, 2}), w = constant(code({2, 1, 1, 4}), 8);
  const Tensor real_w = constant(real({2, 1, 1, 4}), 32), half_x = half({1, 1, 1, 4}), half_y = half({1, 1, 1, 2});
  const auto conv = [&](const std::vector<Tensor>& inputs, const Tensor& to) { return model("CONV_2D", inputs, to, valid); };
  const std::string place = "operator 0 CONV_2D";
  refused(conv({x, code({2, 1, 1, 4})}, y), place, {"weights that are computed", "constants"});
  refused(conv({x, constant(code({2, 1, 1, 4}, 0.5f, 3), 8)}, y), place, {"weights with the zero point 3", "expected 0"});
  refused(conv({x, w, variable(tensor(Type::int32, {2}))}, y), place, {"biases that are computed"});
  refused(conv({real({1, 1, 1, 4}), real({2, 1, 1, 4})}, real({1, 1, 1, 2})), place, {"weights that are computed"});
  refused(conv({real({1, 1, 1, 4}), real_w, real({2})}, real({1, 1, 1, 2})), place, {"biases that are computed"});
  refused(conv({half({1, 1, 1, 8}), w}, half_y), place, {"a grouped convolution: weights for 4 channels of 8", "as many"});
  refused(conv({half_x, w, variable(tensor(Type::int32, {2}))}, half_y), place, {"biases that are computed"});
  refused(conv({half({1, 1, 1, 4}, 0.5f, 2), w}, half_y), place, {"zero point 2 on int16"});
  refused(conv({half_x, w}, half({1, 1, 1, 2}, 0.5f, 2)), place, {"zero point 2 on int16"});
  Tensor wide = constant(tensor(Type::int64, {2}), 16);
  wide.quantization = {};
  refused(conv({half_x, w, wide}, half_y), place, {"the bias 72340172838076673", "within 2^46"});
  wide.data.assign(16, 0);
  refused(conv({half({1, 1, 1, 4}, 900.0f), w, wide}, half({1, 1, 1, 2})), place, {"weights of a large scale"});
  refused(
      model("DEPTHWISE_CONV_2D", {half({1, 1, 1, 2}), constant(code({1, 1, 1, 2}), 2), int32("b", {2}, {1, 2})}, half_y, valid),
      "operator 0 DEPTHWISE_CONV_2D", {"biases of int32", "int64"});
  refused(model("PRELU", {code({2}), code({2})}, code({2})), "operator 0 PRELU", {"slopes that are computed"});
  refused(model("PADV2", {real({2}), int32("padding", {1, 2}, {0, 1}), real({1})}, real({3})), "operator 0 PADV2",
          {"not one constant", "float32"});
  refused(model("PADV2", {code({2}), int32("padding", {1, 2}, {0, 1}), constant(code({2}), 2)}, code({3})), "operator 0 PADV2",
          {"not one constant"});
}

void activations() {
  for (Type type : {Type::int8, Type::int16, Type::float32}) {
    const Tensor x = tensor(type, {2}), y = tensor(type, {4});
    refused(model("CONCATENATION", {x, x}, y, {{"activation", "relu"}}), "operator 0 CONCATENATION",
            {"a fused activation", "none"});
    refused(model("ADD", {x, x}, x, {{"activation", "tanh"}}), "operator 0 ADD", {"the fused activation tanh", "RELU6"});
  }
}

// A few bytes of a file that ask for much memory or time.
void sizes() {
  constexpr int most = 1 << 24;
  refused(model("RELU", {code({most + 1})}, code({most + 1})), "tensor 0 \"t\"", {"has 16777217 bytes", "at most 16777216"});
  refused(model("RESIZE_NEAREST_NEIGHBOR", {code({1, 1, 1, 1}), int32("size", {2}, {most + 1, 1})}, code({1, most + 1, 1, 1})),
          "tensor 2 \"t\"", {"has 16777217 bytes"});
  refused(model("MEAN", {code({1, 4096, 4096, 1}), int32("axes", {2}, {1, 2})}, code({1, 1})), "operator 0 MEAN",
          {"sums up 16777216 numbers", "at most 8388608"});
  refused(model("AVERAGE_POOL_2D", {half({1, 200, 200, 1})}, half({1, 1, 1, 1}),
                {{"padding", "valid"}, {"filter_h", 200}, {"filter_w", 200}}),
          "operator 0 AVERAGE_POOL_2D", {"sums up 40000 numbers", "at most 32768"});
  Builder b;
  b.model.inputs = {b.add(code({most}))};
  for (int i = 0; i < 15; ++i) b.run("RELU", {i}, code({most}));
  b.model.outputs = {15};
  tools::importer::lower(b.model);
  b.run("RELU", {15}, code({most}));
  refused(b.model, "tensor 16 \"t\"", {"285212672 bytes", "at most 268435456 in all"});
  refused(model("MAX_POOL_2D", {code({1, 4096, 4096, 1})}, code({1, 4096, 4096, 1}),
                {{"padding", "same"}, {"filter_h", 4096}, {"filter_w", 4096}}),
          "operator 0 MAX_POOL_2D", {"read 281474976710656 numbers", "at most 17179869184"});
  refused(model("CONV_2D", {code({1, 2, 2, 1}), constant(code({1, 300, 1, 1}), 300)}, code({1, 2, 2, 1}),
                {{"padding", "same"}, {"dilation_h", 65535}}),
          "operator 0 CONV_2D", {"a window over 19594966 rows", "at most 16777216"});
  refused(model("TRANSPOSE_CONV", {int32("shape", {4}, {1, 1, 1, 1}), constant(code({1, 1, 1, 1}), 1), code({1, 1, 1, 1})},
                code({1, 1, 1, 1}), {{"padding", "valid"}, {"stride_h", 65535}, {"stride_w", 2}}),
          "operator 0 TRANSPOSE_CONV", {"the strides 65535 and 2", "at most 65536"});
}

void states() {
  // Tensors of stream(): 2 time, 3 bias of the first SVDF, 10 sequence, 11 lstm/w, 18 lstm/r, 19 lstm/b, 23 hidden, 24 cell, 25
  // last.
  const auto changed = [](auto change) {
    Model m = stream();
    change(m);
    return m;
  };
  const std::string svdf = "operator 0 SVDF", lstm = "operator 3 UNIDIRECTIONAL_SEQUENCE_LSTM";
  refused(changed([](Model& m) { m.tensors[2].data.clear(); m.inputs.push_back(2); }), svdf, {"weights that are computed"});
  refused(changed([](Model& m) { m.tensors[2].quantization.zero_point = {4}; }), svdf, {"zero point 4"});
  refused(changed([](Model& m) { m.tensors[3].data.clear(); m.tensors[3].variable = true; }), svdf, {"biases that are computed"});
  refused(changed([](Model& m) { m.tensors[24].quantization.scale = {0.001f}; }), lstm,
          {"a cell of another scale", "a power of 2"});
  refused(changed([](Model& m) { m.tensors[24].quantization.zero_point = {1}; }), lstm, {"a cell of another scale"});
  refused(changed([](Model& m) { m.tensors[25].quantization.zero_point = {1}; }), lstm, {"another scale than its state"});
  refused(changed([](Model& m) { m.tensors[18].data.clear(); m.inputs.push_back(18); }), lstm, {"weights that are computed"});
  refused(changed([](Model& m) {
            m.tensors[19].type = Type::int64;
            m.tensors[19].data.resize(24);
          }),
          lstm, {"biases of type int64", "int32"});
  refused(changed([](Model& m) {
            m.tensors[19].data.clear();
            m.tensors[19].variable = true;
          }),
          lstm, {"biases that are computed"});
}

// Takes the scale of each tensor of codes in turn; also where the model leaves the type of what an operator makes open.
void unscaled() {
  const auto sentence = [](const Model& of) -> std::string {
    try {
      tools::importer::lower(of);
      return "";
    } catch (const tools::Failure& failure) {
      return failure.what();
    }
  };
  int open = 0;
  for (const auto& [name, whole] : all())
    for (std::size_t t = 0; t < whole.tensors.size(); ++t) {
      const Tensor& of = whole.tensors[t];
      if (of.type != Type::int8 && of.type != Type::int16) continue;
      Model bare = whole;
      bare.tensors[t].quantization = {};
      expect(sentence(bare).find("without quantization; expected a scale and a zero point") != std::string::npos);
      const bool given =
          !of.data.empty() || of.variable || std::ranges::find(whole.inputs, static_cast<int>(t)) != whole.inputs.end();
      if (std::string_view{name} == "mixed" || given) continue;
      bare.tensors[t].type = Type::unknown;
      const std::string found = sentence(bare);
      open += found.find(" has no scale; expected a scale and a zero point") != std::string::npos;
      expect(found.empty() || found.starts_with("made: operator "));
    }
  expect(open >= 10);
  Model relu = model("RELU", {code({2})}, {"open", Type::unknown, {2}, {}, {}, false});
  expect(sentence(relu) == "made: operator 0 RELU: tensor 1 \"open\" has no scale; expected a scale and a zero point");
  relu.tensors[1] = {"bytes", Type::uint8, {2}, {}, {}, false};
  expect(sentence(relu) == "made: tensor 1 \"bytes\": is uint8 without quantization; expected a scale and a zero point");
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
  unscaled();
  return expectations_failed();
}
