// Constants where operators read a tensor: the sum, difference and product with them, and what they stand beside, compared with
// numbers computed here. All scales are powers of two, so that no rounding is in doubt.
#include <cstring>

#include "expect.hpp"
#include "nn/random.hpp"
#include "tflite_models.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/header.hpp"
#include "tools/import/remove_constants.hpp"

namespace {

using namespace models;
using Numbers = std::vector<int>;

Tensor tensor(Type type, std::vector<int> shape, float scale, std::int64_t zero) {
  Tensor made{"t", type, std::move(shape), {}, {}, false};
  if (type != Type::float32) made.quantization = {.scale = {scale}, .zero_point = {zero}, .dimension = 0};
  return made;
}

template <class Number>
std::vector<std::uint8_t> bytes(const Numbers& numbers) {
  std::vector<Number> stored;
  for (int number : numbers) stored.push_back(static_cast<Number>(number));
  std::vector<std::uint8_t> all(stored.size() * sizeof(Number));
  std::memcpy(all.data(), stored.data(), all.size());
  return all;
}

// y = op(inputs), of which the tensors without data are the model's inputs.
Model model(const char* name, std::vector<Tensor> inputs, Tensor y, Attributes attributes = {}) {
  Builder b;
  std::vector<int> read;
  for (Tensor& input : inputs) {
    read.push_back(b.add(std::move(input)));
    if (b.model.tensors.back().data.empty()) b.model.inputs = {read.back()};
  }
  b.model.outputs = {b.run(name, read, std::move(y), attributes)};
  return b.model;
}

template <class Number>
Numbers output(const Model& of, const Numbers& x) {
  const auto stored = bytes<Number>(x);
  tools::importer::Network network = tools::importer::lower(of);
  const auto y = tools::importer::run(network, {{stored.begin(), stored.end()}});
  tools::importer::remove_constants(network);
  expect(tools::importer::run(network, {{stored.begin(), stored.end()}}) == y);
  Numbers numbers;
  for (std::size_t i = 0; i < y.size(); i += sizeof(Number)) {
    Number number;
    std::memcpy(&number, &y[i], sizeof number);
    numbers.push_back(static_cast<int>(number));
  }
  return numbers;
}

int clamped(int code, int most) { return code < -most - 1 ? -most - 1 : code > most ? most : code; }

// x [2][3] of the scale 1/2; constants of any shape that fits, of 1/4.
template <class Number>
void arithmetic(Type type, const std::vector<int>& shape, bool constant_first) {
  const bool is_float = type == Type::float32;
  const int x_zero = type == Type::int8 ? 3 : 0, c_zero = type == Type::int8 ? -5 : 0, y_zero = type == Type::int8 ? 7 : 0;
  const int most = type == Type::int8 ? 127 : 32767;
  nn::Random random{17};
  const auto draw = [&](std::size_t count) {
    Numbers all(count);
    for (int& number : all) number = static_cast<std::int8_t>(random.next());
    return all;
  };
  std::size_t count = 1;
  for (int extent : shape) count *= static_cast<std::size_t>(extent);
  const Numbers x = draw(6), c = draw(count);
  Tensor constant = tensor(type, shape, 0.25f, c_zero);
  constant.data = bytes<Number>(c);

  for (const char* name : {"ADD", "SUB", "MUL"}) {
    const bool adds = name[0] == 'A', multiplies = name[0] == 'M';
    const float y_scale = multiplies ? 0.125f : 0.25f;
    std::vector<Tensor> inputs{tensor(type, {2, 3}, 0.5f, x_zero), constant};
    if (constant_first) std::swap(inputs[0], inputs[1]);
    const Numbers y = output<Number>(model(name, inputs, tensor(type, {2, 3}, y_scale, y_zero)), x);
    for (std::size_t i = 0; i < 6; ++i) {
      const int left = is_float ? x[i] : multiplies ? x[i] - x_zero : 2 * (x[i] - x_zero);
      const int right = c[i % count] - c_zero;
      const int result = multiplies ? left * right : adds ? left + right : constant_first ? right - left : left - right;
      expect(y[i] == (is_float ? result : clamped(result + y_zero, most)));
    }
  }
}

template <class Number>
void concatenation(Type type) {
  Tensor constant = tensor(type, {2, 1}, 0.5f, 0);
  constant.data = bytes<Number>({40, -50});
  const Tensor x = tensor(type, {2, 2}, 0.5f, 0), y = tensor(type, {2, 4}, 0.5f, 0);
  const Numbers joined = output<Number>(model("CONCATENATION", {constant, x, constant}, y, {{"axis", 1}}), {1, 2, 3, 4});
  expect(joined == Numbers{40, 1, 2, 40, -50, 3, 4, -50});
}

// The constant goes through a reshape and a ReLU, and is read again.
Model prepared() {
  Builder b;
  const auto code = [](std::vector<int> shape) { return tensor(Type::int8, std::move(shape), 0.5f, 0); };
  Tensor constant = code({3, 1});
  constant.data = bytes<std::int8_t>({20, -30, 40});
  const int x = b.add(code({2, 3})), c = b.add(constant);
  const int flat = b.run("RESHAPE", {c}, code({3}));
  const int positive = b.run("RELU", {flat}, code({3}));
  const int sum = b.run("ADD", {x, positive}, code({2, 3}));
  const int difference = b.run("SUB", {sum, flat}, code({2, 3}));
  b.model.inputs = {x};
  b.model.outputs = {difference};
  return b.model;
}

// A pointwise convolution behind constants, of which one is 0: what it is multiplied with needs no computing.
void channels_that_constants_stop() {
  Builder b;
  const auto code = [](std::vector<int> shape) { return tensor(Type::int8, std::move(shape), 0.5f, 0); };
  const auto weights = [&](int outputs, int inputs) {
    Tensor w = code({outputs, 1, 1, inputs});
    for (int i = 0; i < outputs * inputs; ++i) w.data.push_back(static_cast<std::uint8_t>(i * 37 % 41));
    return b.add(w);
  };
  const int x = b.add(code({1, 2, 2, 3}));
  const int first = b.run("CONV_2D", {x, weights(8, 3), -1}, code({1, 2, 2, 8}), {{"padding", "valid"}});
  Tensor factors = code({8});
  factors.data = bytes<std::int8_t>({0, 2, 0, 3, 0, 5, 0, 4});
  const int scaled = b.run("MUL", {first, b.add(factors)}, code({1, 2, 2, 8}));
  const int y = b.run("CONV_2D", {scaled, weights(4, 8), -1}, code({1, 2, 2, 4}), {{"padding", "valid"}});
  b.model.inputs = {x};
  b.model.outputs = {y};
  tools::importer::Network network = tools::importer::lower(b.model);
  std::vector<std::int8_t> codes{1, 2, 3, -4, 5, -6, 7, 8, 90, -10, 11, -120};
  const auto before = tools::importer::run(network, {codes});
  tools::importer::remove_constants(network);
  expect(tools::importer::run(network, {codes}) == before);
  expect(network.operators.size() == 3 && network.tensors[static_cast<std::size_t>(network.operators[1].inputs[1])].constant ==
                                              std::vector<std::int8_t>{2, 3, 5, 4});
}

void refused(const Model& of, std::string_view wrong, int line = __builtin_LINE()) {
  try {
    tools::importer::lower(of);
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    if (!sentence.starts_with("made: tensor ") || sentence.find(wrong) == sentence.npos ||
        sentence.find("; expected ") == sentence.npos)
      report_failure(__FILE__, line, "\"", sentence, "\"");
  }
}

void refusals() {
  Model all_known = prepared();
  all_known.operators.resize(1);
  all_known.outputs = {2};
  refused(all_known, "tensor 2 \"t\": is a constant, though an output");

  Model state =
      model("ADD", {tensor(Type::int8, {2}, 0.5f, 0), tensor(Type::int8, {2}, 0.5f, 0)}, tensor(Type::int8, {2}, 0.5f, 0));
  state.inputs = {0};
  state.tensors[1].variable = true;
  refused(state, "tensor 1 \"t\": is a variable");

  Tensor many = tensor(Type::int8, {2}, 0.5f, 0);
  many.quantization = per_channel(2, 0);
  many.data = {1, 2};
  Model scales =
      model("ADD", {tensor(Type::int8, {2}, 0.5f, 0), tensor(Type::int8, {2}, 0.5f, 0)}, tensor(Type::int8, {2}, 0.5f, 0));
  scales.operators.push_back(Builder::operation("RELU", {3}, {4}));
  scales.tensors.push_back(many);
  scales.tensors.push_back(tensor(Type::int8, {2}, 0.5f, 0));
  scales.inputs = {0, 1};
  refused(scales, "has 2 scales");
}

}  // namespace

int main() {
  for (bool first : {false, true})
    for (const std::vector<int>& shape : {std::vector<int>{2, 3}, {3}, {1, 3}, {1}, {}}) {
      arithmetic<std::int8_t>(Type::int8, shape, first);
      arithmetic<std::int16_t>(Type::int16, shape, first);
      arithmetic<float>(Type::float32, shape, first);
    }
  concatenation<std::int8_t>(Type::int8);
  concatenation<std::int16_t>(Type::int16);
  concatenation<float>(Type::float32);
  expect(output<std::int8_t>(prepared(), {1, 2, 3, 4, 5, 6}) == Numbers{1, 32, 3, 4, 35, 6});
  channels_that_constants_stop();
  refusals();
  return expectations_failed();
}
