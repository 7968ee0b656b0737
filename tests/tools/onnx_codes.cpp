// Quantized ONNX models of our own, against codes that are computed by hand; and what is refused of them.
#include <algorithm>

#include "nn/int8/int8.hpp"
#include "nn/random.hpp"
#include "onnx_writer.hpp"
#include "refused.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/run.hpp"
#include "tools/onnx/read.hpp"

namespace {

using namespace onnx_writer;
using tools::importer::Network;
using Codes = std::vector<int>;

constexpr int uint8 = 2, int8 = 3, int32 = 6;

Message codes(const std::string& name, const std::vector<std::int64_t>& shape, int type, const Codes& values) {
  std::string raw;
  for (int value : values)
    for (int shift = 0; shift < (type == int32 ? 32 : 8); shift += 8) raw.push_back(static_cast<char>(value >> shift));
  return Message{}.packed(1, shape).whole(2, type).bytes(8, name).bytes(9, raw);
}
Message scale(const std::string& name, float value) { return tensor(name, {}, std::vector<float>{value}); }
Message microsoft(Message node) { return node.bytes(7, "com.microsoft"); }

struct Quantized : Model {
  std::string file() const { return Model::file() + Message{}.message(8, Message{}.bytes(1, "com.microsoft").whole(2, 1)).text; }
  // A tensor of codes that a DequantizeLinear makes real: name_codes -> name.
  void real(const std::string& name, const std::string& zero) {
    nodes.push_back(node("DequantizeLinear", {name + "_codes", name + "_scale", zero}, {name}));
  }
};

Network imported(const Quantized& model, bool unoptimized = false) {
  const std::string content = model.file();
  return tools::importer::lower(tools::onnx::parse_model("m.onnx",
                                                         {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()},
                                                         {.channels_last = false, .unoptimized = unoptimized}));
}

template <class Number>
Codes run(const Network& network, const std::vector<Codes>& inputs) {
  std::vector<tools::importer::Bytes> x;
  for (const Codes& input : inputs) x.emplace_back(input.begin(), input.end());
  Codes made;
  for (std::int8_t code : tools::importer::run(network, x)) made.push_back(static_cast<Number>(code));
  tools::importer::probe("m.onnx", network, network);
  return made;
}

// y = W·x + b between DequantizeLinear and QuantizeLinear, W of uint8 with a zero point, so that differences take up to 9 bits.
Quantized dense(int weight_zero, const Codes& weight, bool rectified) {
  Quantized model;
  model.inputs = {value("x_codes", {1, 2}, uint8)};
  model.outputs = {value("y", {1, 2}, uint8)};
  model.initializers = {scale("x_scale", 0.5f),
                        codes("x_zero", {}, uint8, {3}),
                        codes("w_codes", {2, 2}, uint8, weight),
                        scale("w_scale", 0.25f),
                        codes("w_zero", {}, uint8, {weight_zero}),
                        codes("b_codes", {2}, int32, {1, -2}),
                        scale("b_scale", 0.125f),
                        scale("y_scale", 0.25f),
                        codes("y_zero", {}, uint8, {9})};
  model.real("x", "x_zero");
  model.real("w", "w_zero");
  model.nodes.push_back(node("DequantizeLinear", {"b_codes", "b_scale"}, {"b"}));
  model.nodes.push_back(node("Gemm", {"x", "w", "b"}, {"sum"}, {attribute("transB", std::int64_t{1})}));
  if (rectified) model.nodes.push_back(node("Relu", {"sum"}, {"above"}));
  model.nodes.push_back(node("QuantizeLinear", {rectified ? "above" : "sum", "y_scale", "y_zero"}, {"y"}));
  return model;
}

void layers() {
  // Halves go to even, then the zero point 9 is added.
  const Codes plain{11, 10, 9, 10};  // less 10: 1 0, -1 0
  const Network whole = imported(dense(10, plain, false));
  expect(whole.operators[1].operation.as<nn::int8::FullyConnectedOf<nn::int8::Float32>>() != nullptr);
  expect(run<std::uint8_t>(whole, {{5, 3}}) == Codes({2 + 9, -2 + 9}));  // 1.5 -> 2, -4 / 2
  expect(run<std::uint8_t>(whole, {{7, 3}}) == Codes({2 + 9, -3 + 9}));  // 2.5 -> 2, -6 / 2
  expect(run<std::uint8_t>(whole, {{6, 3}}) == Codes({2 + 9, -2 + 9}));  // 4 / 2, -2.5 -> -2
  const Network rectified = imported(dense(10, plain, true));
  expect(run<std::uint8_t>(rectified, {{7, 3}}) == Codes({2 + 9, 9}));
  // 255 and -255 take three parts of 8 bits and two.
  expect(run<std::uint8_t>(imported(dense(0, {255, 0, 0, 255}, false)), {{3, 4}}) == Codes({9, 126 + 9}));  // 0.5, 126.5 -> 126
  expect(run<std::uint8_t>(imported(dense(255, {0, 255, 255, 0}, false)), {{2, 3}}) == Codes({128 + 9, -1 + 9}));  // 256 / 2
}

// A sum whose half lies at an odd zero point: before the rounding, as QLinearAdd has it, and behind it.
void sums() {
  Quantized model;
  model.inputs = {value("a_codes", {1, 3}, int8), value("b_codes", {1, 3}, int8)};
  model.outputs = {value("y", {1, 3}, int8)};
  model.initializers = {scale("a_scale", 1), scale("b_scale", 1), codes("zero", {}, int8, {0}), scale("y_scale", 2),
                        codes("y_zero", {}, int8, {1})};
  model.real("a", "zero");
  model.real("b", "zero");
  model.nodes.push_back(node("Add", {"a", "b"}, {"sum"}));
  model.nodes.push_back(node("QuantizeLinear", {"sum", "y_scale", "y_zero"}, {"y"}));
  expect(run<std::int8_t>(imported(model), {{1, 3, -1}, {0, 0, 0}}) == Codes({2, 2, 0}));        // 1.5, 2.5, 0.5
  expect(run<std::int8_t>(imported(model, true), {{1, 3, -1}, {0, 0, 0}}) == Codes({1, 3, 1}));  // 0.5, 1.5, -0.5, and 1
  Quantized alone = model;
  alone.nodes = {
      microsoft(node("QLinearAdd", {"a_codes", "a_scale", "zero", "b_codes", "b_scale", "zero", "y_scale", "y_zero"}, {"y"}))};
  expect(run<std::int8_t>(imported(alone), {{1, 3, -1}, {0, 0, 0}}) == Codes({2, 2, 0}));
}

// Functions of one code, several in a row, become one table; a change of scale too.
void tables() {
  Quantized model;
  model.inputs = {value("x_codes", {4}, int8)};
  model.outputs = {value("y", {4}, int8)};
  model.initializers = {scale("x_scale", 0.5f), codes("zero", {}, int8, {0}), scale("y_scale", 0.25f),
                        codes("y_zero", {}, int8, {-7})};
  model.real("x", "zero");
  model.nodes.push_back(node("LeakyRelu", {"x"}, {"bent"}, {attribute("alpha", 0.25f)}));
  model.nodes.push_back(node("Add", {"bent", "x_scale"}, {"moved"}));
  model.nodes.push_back(node("QuantizeLinear", {"moved", "y_scale", "y_zero"}, {"y"}));
  const Network network = imported(model);
  expect(network.operators.size() == 1 && network.operators[0].operation.as<nn::int8::Lookup>() != nullptr);
  expect(run<std::int8_t>(network, {{4, 0, -1, 127}}) == Codes({10 - 7, 2 - 7, 2 - 7, 127}));  // 2.5, 0.5, 0.375 -> 1.5 to even
}

// What runs in float32 among codes is said, here and on a desktop.
void notes() {
  const auto says = [](const Network& network, std::string_view sentence) {
    return std::ranges::find(network.report, sentence) != network.report.end();
  };
  const std::string desktop = "on codes here, in float32 on a desktop, since the activation cuts off codes: node 3 Gemm";
  Quantized layer = dense(10, {11, 10, 9, 10}, true);  // the output's zero point is 9
  expect(says(imported(layer), desktop));
  layer.initializers[8] = codes("y_zero", {}, uint8, {0});
  expect(!says(imported(layer), desktop) && imported(layer).report.empty());
  Quantized between;
  between.inputs = {value("x_codes", {1, 4}, int8)};
  between.outputs = {value("y", {1, 4}, int8)};
  between.initializers = {scale("x_scale", 0.5f), codes("zero", {}, int8, {0})};
  between.real("x", "zero");
  between.nodes.push_back(node("Softmax", {"x"}, {"s"}));
  between.nodes.push_back(node("ReduceMean", {"s"}, {"m"}, {attribute("axes", std::vector<std::int64_t>{1})}));
  between.nodes.push_back(node("Sub", {"s", "m"}, {"d"}));
  between.nodes.push_back(node("QuantizeLinear", {"d", "x_scale", "zero"}, {"y"}));
  expect(says(imported(between), "in float32 between codes: node 1 Softmax, node 2 ReduceMean, node 3 Sub"));
  between.nodes.pop_back();
  between.outputs = {value("d", {1, 4})};
  expect(imported(between).report.empty());
}

void refusals() {
  Quantized model = dense(10, {11, 10, 9, 10}, false);
  const auto with = [&](std::size_t i, const Message& constant) {
    Quantized other = model;
    other.initializers[i] = constant;
    return other;
  };
  refused([&] { imported(with(0, scale("x_scale", 0))); },
          {"m.onnx: node 0 DequantizeLinear: ", "holds the scale 0", "expected scales above 0"});
  refused(
      [&] {
        imported(with(0, tensor("x_scale", {2}, std::vector<float>{1, 2})));
      },
      {"2 scales and 1 zero points", "expected as many"});
  refused([&] { imported(with(1, codes("x_zero", {}, int8, {3}))); }, {"is int8", "expected uint8"});
  refused([&] { imported(with(7, tensor("y_scale", {2}, std::vector<float>{1, 2}))); }, {"2 scales and 1 zero points"});
  Quantized dynamic;
  dynamic.inputs = {value("x", {4})};
  dynamic.outputs = {value("y", {4})};
  dynamic.nodes = {node("DynamicQuantizeLinear", {"x"}, {"q", "s", "z"}), node("DequantizeLinear", {"q", "s", "z"}, {"y"})};
  refused([&] { imported(dynamic); }, {"node 1 DequantizeLinear: its input 1, \"s\", is computed; expected a constant"});
}

// Damaged ones end in sentences.
void mutations() {
  nn::Random source{9};
  const std::string whole = dense(10, {11, 10, 9, 10}, true).file();
  int refusals = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string content = whole;
    for (std::uint32_t k = source.below(3) + 1; k > 0; --k)
      content[source.below(static_cast<std::uint32_t>(content.size()))] = static_cast<char>(source.next());
    try {
      tools::importer::lower(
          tools::onnx::parse_model("m.onnx", {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}, {}));
    } catch (const tools::Failure& failure) {
      if (std::string_view{failure.what()}.find("; expected ") == std::string_view::npos)
        report_failure(__FILE__, __LINE__, failure.what());
      ++refusals;
    }
  }
  expect(refusals > 300);
}

}  // namespace

int main() {
  layers();
  sums();
  tables();
  notes();
  refusals();
  mutations();
  return expectations_failed();
}
