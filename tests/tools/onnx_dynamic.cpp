// DynamicQuantizeLinear with MatMulInteger and ConvInteger, as onnxruntime's quantize_dynamic writes them, against sums of whole
// numbers that are computed here, to the last bit.
#include <algorithm>

#include "onnx_numbers.hpp"
#include "refused.hpp"

namespace {

using namespace onnx_numbers;
using Codes = std::vector<int>;

constexpr int uint8 = 2, int8 = 3;

Message codes(const std::string& name, const std::vector<std::int64_t>& shape, int type, const Codes& values) {
  std::string raw;
  for (int value : values) raw.push_back(static_cast<char>(value));
  return Message{}.packed(1, shape).whole(2, type).bytes(8, name).bytes(9, raw);
}

Codes drawn(std::size_t count, int type) {
  Codes made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(static_cast<int>(source.below(256)) - (type == int8 ? 128 : 0));
  return made;
}

// Codes from 0 to 255, their scale and their zero point.
struct Dynamic {
  float scale = 1;
  int zero = 0;
  Codes code;

  explicit Dynamic(const Numbers& x) {
    const float least = std::min(0.0f, *std::ranges::min_element(x)), most = std::max(0.0f, *std::ranges::max_element(x));
    if (least < most) scale = (most - least) / 255;
    zero = std::clamp(static_cast<int>(std::nearbyint(-least / scale)), 0, 255);
    for (float each : x) code.push_back(std::clamp(static_cast<int>(std::nearbyint(each / scale)) + zero, 0, 255));
  }
};

// Behind the sums "i": Cast, the product of both scales, which may be one for each output, and biases.
void finish(Model& model, const Numbers& scales, const std::vector<std::int64_t>& scale_shape) {
  model.nodes.push_back(node("Cast", {"i"}, {"f"}, {attribute("to", std::int64_t{1})}));
  model.nodes.push_back(node("Mul", {"qs", "ws"}, {"s"}));
  model.nodes.push_back(node("Mul", {"f", "s"}, {"m"}));
  model.nodes.push_back(node("Add", {"m", "b"}, {"y"}));
  model.initializers.push_back(tensor("ws", scale_shape, scales));
}

// Rows of 2 x 3 by a matrix.
void products(int type, bool zeros_of_all, bool one_sign) {
  const std::size_t depth = 10, outputs = 4, rows = 6;
  const Codes w = drawn(depth * outputs, type), zeros = drawn(zeros_of_all ? outputs : 1, type);
  Numbers x = random(rows * depth);
  if (one_sign)
    for (float& each : x) each = std::abs(each);
  const Numbers scales = zeros_of_all ? Numbers{0.25f, 0.1f, 0.03f, 1} : Numbers{0.07f}, bias = random(outputs);
  Model model;
  model.inputs = {value("x", {2, 3, static_cast<std::int64_t>(depth)})};
  model.outputs = {value("y", {2, 3, static_cast<std::int64_t>(outputs)})};
  model.nodes = {node("DynamicQuantizeLinear", {"x"}, {"q", "qs", "qz"}), node("MatMulInteger", {"q", "w", "qz", "wz"}, {"i"})};
  const std::vector<std::int64_t> each{zeros_of_all ? 4 : 1};
  model.initializers = {codes("w", {static_cast<std::int64_t>(depth), static_cast<std::int64_t>(outputs)}, type, w),
                        codes("wz", zeros_of_all ? each : std::vector<std::int64_t>{}, type, zeros), tensor("b", {4}, bias)};
  finish(model, scales, each);
  const Dynamic q{x};
  Numbers expected;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t o = 0; o < outputs; ++o) {
      int sum = 0;
      for (std::size_t i = 0; i < depth; ++i)
        sum += (q.code[r * depth + i] - q.zero) * (w[i * outputs + o] - zeros[zeros_of_all ? o : 0]);
      expected.push_back(static_cast<float>(sum) * (q.scale * scales[zeros_of_all ? o : 0]) + bias[o]);
    }
  expect(run(imported(model.file()), {x}) == expected);
}

// Images of 4 channels, 5 x 7, or rows of 7.
void convolutions(int groups, int stride, int dilation, bool flat) {
  const int channels = 4, outputs = 8, high = flat ? 1 : 5, wide = 7, kernel_high = flat ? 1 : 3, own = channels / groups;
  const int pad = 1, pad_high = flat ? 0 : 1, before = flat ? 0 : 1;
  const int rows = (high + 2 * pad_high - (kernel_high - 1) * dilation - 1) / stride + 1,
            columns = (wide + 2 * pad - 2 * dilation - 1) / stride + 1;
  const Codes w = drawn(static_cast<std::size_t>(outputs * own * kernel_high * 3), int8);
  const Numbers x = random(static_cast<std::size_t>(channels * high * wide)), bias = random(static_cast<std::size_t>(outputs));
  const auto shaped = [&](int first, int second, int third, int fourth) {
    return flat ? std::vector<std::int64_t>{first, second, fourth} : std::vector<std::int64_t>{first, second, third, fourth};
  };
  const auto both = [&](int each) { return flat ? std::vector<std::int64_t>{each} : std::vector<std::int64_t>{each, each}; };
  Model model;
  model.inputs = {value("x", shaped(1, channels, high, wide))};
  model.outputs = {value("y", shaped(1, outputs, rows, columns))};
  model.nodes = {
      node("DynamicQuantizeLinear", {"x"}, {"q", "qs", "qz"}),
      node("ConvInteger", {"q", "w", "qz"}, {"i"},
           {attribute("group", std::int64_t{groups}), attribute("strides", both(stride)), attribute("dilations", both(dilation)),
            attribute("pads", flat ? std::vector<std::int64_t>{1, 1} : std::vector<std::int64_t>{1, 1, 1, 1})})};
  model.initializers = {codes("w", shaped(outputs, own, kernel_high, 3), int8, w), tensor("b", shaped(1, outputs, 1, 1), bias)};
  finish(model, {0.02f}, {});
  const Dynamic q{x};
  Numbers expected;
  for (int o = 0; o < outputs; ++o)
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j) {
        int sum = 0;
        for (int c = 0; c < own; ++c)
          for (int k = 0; k < kernel_high; ++k)
            for (int l = 0; l < 3; ++l) {
              const int row = i * stride + k * dilation - before, column = j * stride + l * dilation - pad,
                        from = o / (outputs / groups) * own + c;
              if (row < 0 || column < 0 || row >= high || column >= wide) continue;
              sum += (q.code[static_cast<std::size_t>((from * high + row) * wide + column)] - q.zero) *
                     w[static_cast<std::size_t>(((o * own + c) * kernel_high + k) * 3 + l)];
            }
        expected.push_back(static_cast<float>(sum) * (q.scale * 0.02f) + bias[static_cast<std::size_t>(o)]);
      }
  expect(run(imported(model.file()), {x}) == expected);
}

// Codes that are all there is of the model's input, and zero points that are constants or absent.
void plain(int type, bool stated) {
  Model model;
  model.inputs = {value("q", {1, 3}, type)};
  model.outputs = {value("i", {1, 2}, 6)};
  model.initializers = {codes("w", {3, 2}, int8, {1, -2, 3, -128, 127, 0}), codes("z", {}, type, {100})};
  model.nodes = {
      node("MatMulInteger", stated ? std::vector<std::string>{"q", "w", "z"} : std::vector<std::string>{"q", "w"}, {"i"})};
  const int zero = stated ? 100 : 0;
  const Network network = imported(model.file());
  const tools::importer::Bytes y = tools::importer::run(network, {{5, static_cast<std::int8_t>(200), 0}});
  std::array<std::int32_t, 2> sums{};
  std::memcpy(sums.data(), y.data(), sizeof sums);
  const int a = 5 - zero, b = (type == uint8 ? 200 : 200 - 256) - zero, c = 0 - zero;
  expect(sums[0] == a + 3 * b + 127 * c && sums[1] == -2 * a - 128 * b);
}

// The ends: all 0, one sign, and no sign of a fraction.
void ranges() {
  for (const Numbers& x : {Numbers{0, 0, 0}, Numbers{1, 2, 3}, Numbers{-1, -2, -3}, Numbers{-1, 0, 1},
                           Numbers{1e-30f, 0, -2e-30f}, Numbers{-0.5f, 127, 127.5f}}) {
    Model model;
    model.inputs = {value("x", {3})};
    model.outputs = {value("q", {3}, uint8), value("s", {}), value("z", {}, uint8)};
    model.nodes = {node("DynamicQuantizeLinear", {"x"}, {"q", "s", "z"})};
    tools::importer::Bytes input(12);
    std::memcpy(input.data(), x.data(), 12);
    const tools::importer::Bytes y = tools::importer::run(imported(model.file()), {input});
    const Dynamic wanted{x};
    float scale = 0;
    std::memcpy(&scale, y.data() + 3, 4);
    bool same = scale == wanted.scale && static_cast<std::uint8_t>(y[7]) == wanted.zero;
    for (std::size_t i = 0; i < 3; ++i) same = same && static_cast<std::uint8_t>(y[i]) == wanted.code[i];
    expect(same);
  }
}

void refusals() {
  Model model;
  model.inputs = {value("q", {1, 3}, uint8), value("w2", {3, 2}, int8)};
  model.outputs = {value("i", {1, 2}, 6)};
  model.initializers = {codes("w", {3, 2}, int8, {1, -2, 3, -128, 127, 0}), codes("z", {2}, uint8, {100, 1}),
                        codes("v", {3}, int8, {1, 2, 3})};
  const auto refuses = [&](const std::vector<std::string>& inputs, std::string_view part) {
    model.nodes = {node("MatMulInteger", inputs, {"i"})};
    refused([&] { imported(model.file()); }, {"node 0 MatMulInteger: ", part});
  };
  refuses({"q", "w2"}, "its input 1, \"w2\", is computed; expected a constant");
  refuses({"q", "w", "z"}, "its input 2, \"z\", holds 2 zero points; expected one");
  refuses({"q", "w", "v"}, "its input 2, \"v\", is of another type than its input 0; expected the same");
  refuses({"q", "w", "", "v"}, "its input 3, \"v\", holds 3 zero points; expected one, or 2");
}

}  // namespace

int main() {
  for (int type : {uint8, int8})
    for (bool zeros_of_all : {false, true})
      for (bool one_sign : {false, true}) products(type, zeros_of_all, one_sign);
  for (int groups : {1, 2, 4})
    for (int stride : {1, 2})
      for (int dilation : {1, 2})
        for (bool flat : {false, true}) convolutions(groups, stride, dilation, flat);
  for (int type : {uint8, int8})
    for (bool stated : {false, true}) plain(type, stated);
  ranges();
  refusals();
  return expectations_failed();
}
