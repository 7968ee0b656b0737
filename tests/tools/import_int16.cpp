// Operators on int16 for which there are no outputs of the reference: imported, and compared with its formulas written out. And
// what is refused. Those with outputs of the reference are in tests/golden.
#include <cmath>
#include <cstring>
#include <string_view>

#include "expect.hpp"
#include "nn/random.hpp"
#include "tflite_models.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/import/run.hpp"

namespace {

using namespace models;
using Codes = std::vector<std::int16_t>;

Tensor tensor(Type type, const char* name, std::vector<int> shape, float scale, std::int64_t zero = 0) {
  return {name, type, std::move(shape), {.scale = {scale}, .zero_point = {zero}, .dimension = 0}, {}, false};
}
Tensor int16(const char* name, std::vector<int> shape, float scale, std::int64_t zero = 0) {
  return tensor(Type::int16, name, std::move(shape), scale, zero);
}

template <class Number>
std::vector<std::uint8_t> bytes(const std::vector<Number>& numbers) {
  std::vector<std::uint8_t> all(numbers.size() * sizeof(Number));
  std::memcpy(all.data(), numbers.data(), all.size());
  return all;
}

Codes random_codes(std::size_t count, std::uint32_t seed) {
  nn::Random random{seed};
  Codes codes(count);
  for (std::int16_t& code : codes) code = static_cast<std::int16_t>(random.next());
  codes[0] = -32768;
  codes[count - 1] = 32767;
  return codes;
}

// x -> y with constants as further inputs.
Model model(const char* name, Tensor x, std::vector<Tensor> constants, Tensor y, Attributes attributes = {}) {
  Builder b;
  std::vector<int> inputs{b.add(std::move(x))};
  for (Tensor& constant : constants) inputs.push_back(b.add(std::move(constant)));
  b.model.inputs = {inputs[0]};
  b.model.outputs = {b.run(name, inputs, std::move(y), attributes)};
  return b.model;
}

template <class Number = std::int16_t>
std::vector<Number> output(const Model& of, const Codes& x) {
  const auto network = tools::importer::lower(of);
  const auto all = bytes(x);
  const auto y = tools::importer::run(network, {{all.begin(), all.end()}});
  std::vector<Number> numbers(y.size() / sizeof(Number));
  std::memcpy(numbers.data(), y.data(), y.size());
  return numbers;
}

// Rounds of a real number, which differ only in ties.
std::int64_t half_up(long double x) { return static_cast<std::int64_t>(std::floor(x + 0.5L)); }
std::int64_t half_away(long double x) { return static_cast<std::int64_t>(std::round(x)); }
std::int16_t clamped(std::int64_t x, std::int64_t least = -32768, std::int64_t most = 32767) {
  return static_cast<std::int16_t>(x < least ? least : x > most ? most : x);
}

// 3x3, SAME, 2 channels in and 3 out. Biases of 64 bits: one rounding, and 16 bits of the multiplier. Others: 31 bits of it, and
// a second rounding.
enum class Bias { none, of_32, of_64 };

void convolution(Bias kind) {
  constexpr int height = 5, width = 4, channels = 2, outputs = 3;
  nn::Random random{9};
  std::vector<std::int8_t> weight(outputs * 9 * channels);
  for (std::int8_t& w : weight) w = static_cast<std::int8_t>(random.next());
  std::vector<std::int64_t> bias{1'000'000, -3'000'000, 12'345};
  Tensor w{"w", Type::int8, {outputs, 3, 3, channels}, per_channel(outputs, 0), bytes(weight), false};
  const float weight_scales[]{0.01f, 0.02f, 0.013f};
  std::copy_n(weight_scales, 3, w.quantization.scale.begin());
  std::vector<Tensor> constants{w};
  if (kind == Bias::of_64) constants.push_back({"b", Type::int64, {outputs}, {}, bytes(bias), false});
  if (kind == Bias::of_32) constants.push_back(int32("b", {outputs}, {1'000'000, -3'000'000, 12'345}));
  if (kind == Bias::none) bias = {0, 0, 0};
  const float x_scale = 0.00001f, y_scale = 0.00004f;
  const Codes x = random_codes(height * width * channels, 4);
  const Codes y =
      output(model("CONV_2D", int16("x", {1, height, width, channels}, x_scale), constants,
                   int16("y", {1, height, width, outputs}, y_scale), {{"padding", "same"}, {"activation", "relu_n1_to_1"}}),
             x);
  for (int i = 0; i < height; ++i)
    for (int j = 0; j < width; ++j)
      for (int o = 0; o < outputs; ++o) {
        std::int64_t sum = bias[static_cast<std::size_t>(o)];
        for (int k = 0; k < 3; ++k)
          for (int l = 0; l < 3; ++l)
            for (int c = 0; c < channels; ++c) {
              const int row = i + k - 1, column = j + l - 1;
              if (row < 0 || row >= height || column < 0 || column >= width) continue;
              sum += weight[static_cast<std::size_t>(((o * 3 + k) * 3 + l) * channels + c)] *
                     x[static_cast<std::size_t>((row * width + column) * channels + c)];
            }
        const double real = static_cast<double>(x_scale) * static_cast<double>(weight_scales[o]) / static_cast<double>(y_scale);
        int shift;
        const long double multiplier = static_cast<long double>(std::round(std::frexp(real, &shift) * 2147483648.0));
        std::int64_t expected;
        if (kind == Bias::of_64)
          expected = half_up(std::floor(multiplier / 65536 + 0.5L) * static_cast<long double>(sum) / std::exp2(15.0L - shift));
        else
          expected = half_away(static_cast<long double>(half_up(multiplier * static_cast<long double>(sum) / 2147483648.0L)) /
                               std::exp2(static_cast<long double>(-shift)));
        expect(y[static_cast<std::size_t>((i * width + j) * outputs + o)] == clamped(expected, -25000, 25000));  // 1 / y_scale
      }
}

void average_pool() {
  const Codes x = random_codes(3 * 3, 5);
  const Codes y = output(model("AVERAGE_POOL_2D", int16("x", {1, 3, 3, 1}, 0.5f), {}, int16("y", {1, 2, 2, 1}, 0.5f),
                               {{"padding", "same"}, {"stride_h", 2}, {"stride_w", 2}, {"filter_h", 2}, {"filter_w", 2}}), x);
  expect(y[0] == half_away((x[0] + x[1] + x[3] + x[4]) / 4.0L));
  expect(y[1] == half_away((x[2] + x[5]) / 2.0L));
  expect(y[2] == half_away((x[6] + x[7]) / 2.0L));
  expect(y[3] == x[8]);
}

// 6 pixels: the multiplier of 1/6 is 2^30 · 4 / 6, cut off, and the shift 2 less.
void mean() {
  const Codes x = random_codes(6, 6);
  const Codes y = output(model("MEAN", int16("x", {1, 2, 3, 1}, 0.5f), {int32("axes", {2}, {1, 2})},
                               int16("y", {1, 1, 1, 1}, 0.25f), {{"keep_dims", true}}),
                         x);
  std::int64_t sum = 0;
  for (std::int16_t code : x) sum += code;
  // 0.5 / 0.25 = 2^30 · 2^(2 - 31)
  const std::int64_t high = half_up(static_cast<long double>(sum * 715827882) / 2147483648.0L);
  expect(y == Codes{clamped(high)});
}

void pad() {
  const Codes x = random_codes(4, 7);
  const Tensor padding = int32("padding", {3, 2}, {0, 0, 1, 0, 0, 1});
  const Codes zeros = output(model("PAD", int16("x", {1, 2, 2}, 0.5f), {padding}, int16("y", {1, 3, 3}, 0.5f)), x);
  expect(zeros == Codes{0, 0, 0, x[0], x[1], 0, x[2], x[3], 0});
  Tensor value = int16("value", {1}, 0.5f);
  value.data = bytes(Codes{-300});
  const Codes filled = output(model("PADV2", int16("x", {1, 2, 2}, 0.5f), {padding, value}, int16("y", {1, 3, 3}, 0.5f)), x);
  expect(filled == Codes{-300, -300, -300, x[0], x[1], -300, x[2], x[3], -300});
}

void elementwise() {
  const Codes x = random_codes(50, 8);
  const Codes relu6 = output(model("RELU6", int16("x", {50}, 0.001f), {}, int16("y", {50}, 0.001f)), x);
  const auto real = output<float>(model("DEQUANTIZE", int16("x", {50}, 0.003f), {}, float32("y", {50})), x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    expect(relu6[i] == clamped(x[i], 0, 6000));
    expect(real[i] == 0.003f * static_cast<float>(x[i]));
  }
}

// float32 outside and int16 within: products, but no weights that are counted. An operator that nobody reads is removed.
void saving_of_nothing() {
  Builder b;
  const int x = b.add(float32("x", {1, 2, 2, 1}));
  const int codes = b.run("QUANTIZE", {x}, int16("codes", {1, 2, 2, 1}, 0.001f));
  const int w = b.add(int8("w", {2, 1, 1, 1}, 2));
  const int y = b.run("CONV_2D", {codes, w, -1}, int16("y", {1, 2, 2, 2}, 0.001f), {{"padding", "valid"}});
  b.run("DEQUANTIZE", {y}, float32("unread", {1, 2, 2, 2}));
  b.model.inputs = {x};
  b.model.outputs = {y};
  auto network = tools::importer::lower(b.model);
  tools::importer::remove_constants(network);
  expect(network.operators.size() == 2);
  expect(network.report == std::vector<std::string>{"removed, as they cannot change the output: 1 operator",
                                                    "100 % of the multiplications and 100 % of the weights remain"});
}

void refused(const Model& of, std::string_view operation, std::string_view wrong, int line = __builtin_LINE()) {
  try {
    tools::importer::lower(of);
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    if (!sentence.starts_with("made: operator 0 ") || sentence.find(operation) == sentence.npos ||
        sentence.find(wrong) == sentence.npos)
      report_failure(__FILE__, line, "\"", sentence, "\"");
  }
}

void refusals() {
  const Tensor x = int16("x", {1, 4}, 0.001f);
  const Tensor w{"w",  Type::int8, {2, 4}, {.scale = {0.5f}, .zero_point = {0}, .dimension = 0}, std::vector<std::uint8_t>(8, 1),
                 false};
  refused(model("ELU", x, {}, int16("y", {1, 4}, 0.001f)), "ELU", "is not supported on int16");
  refused(model("LOGISTIC", x, {}, int16("y", {1, 4}, 0.001f)), "LOGISTIC", "scale 1/32768");
  refused(model("TANH", int16("x", {1, 4}, 3), {}, int16("y", {1, 4}, 1.0f / 32768)), "TANH", "large scale");
  refused(model("SOFTMAX", x, {}, int16("y", {1, 4}, 1.0f / 65536)), "SOFTMAX", "scale 1/32768");
  refused(model("FULLY_CONNECTED", int16("x", {1, 4}, 0.001f, 3), {w}, int16("y", {1, 2}, 0.001f)), "FULLY_CONNECTED",
          "zero point 3");
  refused(model("FULLY_CONNECTED", x,
                {w, {"b", Type::int64, {2}, {}, bytes(std::vector<std::int64_t>{0, std::int64_t{1} << 47}), false}},
                int16("y", {1, 2}, 0.001f)),
          "FULLY_CONNECTED", "bias 140737488355328");
  const Tensor point{"w", Type::int8, {1, 1, 1, 2}, {.scale = {0.5f}, .zero_point = {0}, .dimension = 0}, {1, 1}, false};
  refused(model("DEPTHWISE_CONV_2D", int16("x", {1, 1, 1, 2}, 0.001f), {point, int32("b", {2}, {1, 2})},
                int16("y", {1, 1, 1, 2}, 0.001f)),
          "DEPTHWISE_CONV_2D", "biases of int32");
  refused(model("AVERAGE_POOL_2D", int16("x", {1, 1, 1, 2}, 0.001f), {}, int16("y", {1, 1, 1, 2}, 0.002f),
                {{"filter_h", 1}, {"filter_w", 1}}),
          "AVERAGE_POOL_2D", "changes the scale");
}

}  // namespace

int main() {
  convolution(Bias::none);
  convolution(Bias::of_32);
  convolution(Bias::of_64);
  average_pool();
  mean();
  pad();
  elementwise();
  saving_of_nothing();
  refusals();
  return expectations_failed();
}
