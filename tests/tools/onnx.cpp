// ONNX models of our own, imported and run, against numbers that are computed here in ONNX's order of dimensions; and what is
// refused.
#include <cmath>
#include <filesystem>

#include "onnx_numbers.hpp"
#include "refused.hpp"

namespace {

using namespace onnx_numbers;

// [channels][height][width] by [outputs][channels of a group][kernel][kernel], padded by 1 all around.
Numbers convolution(const Numbers& x, int channels, int height, int width, const Numbers& w, const Numbers& b, int outputs,
                    int kernel, int groups, int stride) {
  const int rows = (height + 2 - kernel) / stride + 1, columns = (width + 2 - kernel) / stride + 1;
  Numbers y;
  for (int o = 0; o < outputs; ++o)
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j) {
        double sum = static_cast<double>(b[static_cast<std::size_t>(o)]);
        for (int c = 0; c < channels / groups; ++c)
          for (int k = 0; k < kernel; ++k)
            for (int l = 0; l < kernel; ++l) {
              const int row = i * stride + k - 1, column = j * stride + l - 1,
                        from = o / (outputs / groups) * (channels / groups) + c;
              if (row < 0 || column < 0 || row >= height || column >= width) continue;
              sum += static_cast<double>(x[static_cast<std::size_t>((from * height + row) * width + column)]) *
                     static_cast<double>(w[static_cast<std::size_t>(((o * (channels / groups) + c) * kernel + k) * kernel + l)]);
            }
        y.push_back(static_cast<float>(sum));
      }
  return y;
}

Numbers dense(const Numbers& x, const Numbers& w, const Numbers& b) {  // [outputs][inputs]
  Numbers y;
  for (std::size_t o = 0; o < b.size(); ++o) {
    double sum = static_cast<double>(b[o]);
    for (std::size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(w[o * x.size() + i]) * static_cast<double>(x[i]);
    y.push_back(static_cast<float>(sum));
  }
  return y;
}

// A small net as torch writes it.
struct Small {
  Numbers w = random(4 * 2 * 9), b = random(4), v = random(3 * 4 * 5 * 6), c = random(3);

  Model model(Form form = Form::raw) const {
    Model made;
    made.nodes = {node("Conv", {"x", "w", "b"}, {"t"},
                       {attribute("kernel_shape", std::vector<std::int64_t>{3, 3}),
                        attribute("pads", std::vector<std::int64_t>{1, 1, 1, 1})}),
                  node("Relu", {"t"}, {"r"}), node("Flatten", {"r"}, {"f"}),
                  node("Gemm", {"f", "v", "c"}, {"y"}, {attribute("transB", std::int64_t{1})})};
    made.initializers = {tensor("w", {4, 2, 3, 3}, w, form), tensor("b", {4}, b, form), tensor("v", {3, 120}, v, form),
                         tensor("c", {3}, c, form)};
    made.inputs = {value("x", {1, 2, 5, 6})};
    made.outputs = {value("y", {1, 3})};
    return made;
  }
  Numbers expected(const Numbers& x) const {
    Numbers t = convolution(x, 2, 5, 6, w, b, 4, 3, 1, 1);
    for (float& each : t) each = std::max(each, 0.0f);
    return dense(t, v, c);
  }
};

void nets() {
  const Small small;
  const Numbers x = random(60);
  for (Form form : {Form::raw, Form::packed, Form::single})
    expect(close(run(imported(small.model(form).file()), {x}), small.expected(x)));
  // Channels last outside, too: two operators, a convolution and a product, and nothing moves.
  const Network network = imported(small.model().file(), {.channels_last = true});
  Numbers turned;
  for (std::size_t i = 0; i < 60; ++i) turned.push_back(x[i % 2 * 30 + i / 2]);
  expect(network.operators.size() == 2);
  expect(imported(small.model().file()).operators.size() == 3);
  expect(close(run(network, {turned}), small.expected(x)));
  expect(network.tensor(network.inputs[0]).shape == tools::importer::Shape{1, 5, 6, 2});
  // A sequence is an image where a convolution runs over it, behind a factor, too; otherwise it is rows.
  Model sequence;
  sequence.nodes = {node("Mul", {"x", "f"}, {"t"}), node("Conv", {"t", "w"}, {"y"})};
  sequence.initializers = {tensor("f", {1}, Numbers{0.5f}), tensor("w", {4, 2, 3}, random(24))};
  sequence.inputs = {value("x", {1, 2, 7})};
  sequence.outputs = {value("y", {1, 4, 5})};
  const auto input_of = [&] {
    const Network made = imported(sequence.file(), {.channels_last = true});
    return made.tensor(made.inputs[0]).shape;
  };
  expect(input_of() == tools::importer::Shape{1, 7, 2});
  sequence.nodes = {node("Mul", {"x", "f"}, {"t"}), node("Relu", {"t"}, {"y"})};
  sequence.outputs = {value("y", {1, 2, 7})};
  expect(input_of() == tools::importer::Shape{1, 2, 7});
  // One that only brings the channels behind is passed on, but files hold its input and its output in different orders.
  Model behind;
  behind.nodes = {node("Transpose", {"x"}, {"y"}, {attribute("perm", std::vector<std::int64_t>{0, 2, 3, 1})})};
  behind.inputs = {value("x", {1, 2, 3, 4})};
  behind.outputs = {value("y", {1, 3, 4, 2})};
  const Network passed = imported(behind.file(), {.channels_last = true});
  expect(!passed.tensor(passed.inputs[0]).outside.shape.empty() && passed.tensor(passed.outputs[0]).outside.shape.empty());
}

void convolutions() {
  for (int groups : {1, 2, 4})
    for (int stride : {1, 2}) {
      const Numbers x = random(4 * 35), w = random(static_cast<std::size_t>(288 / groups)), b = random(8);
      Model model;
      model.nodes = {node("Conv", {"x", "w", "b"}, {"y"},
                          {attribute("group", std::int64_t{groups}), attribute("pads", std::vector<std::int64_t>{1, 1, 1, 1}),
                           attribute("strides", std::vector<std::int64_t>{stride, stride})})};
      model.initializers = {tensor("w", {8, 4 / groups, 3, 3}, w), tensor("b", {8}, b)};
      model.inputs = {value("x", {1, 4, 5, 7})};
      model.outputs = {value("y", {1, 8, (5 - 1) / stride + 1, (7 - 1) / stride + 1})};
      expect(close(run(imported(model.file()), {x}), convolution(x, 4, 5, 7, w, b, 8, 3, groups, stride)));
    }
}

// One operator on one input of this shape.
Numbers applied(const std::string& operation, const std::vector<std::int64_t>& shape, const Numbers& x,
                const std::vector<Message>& attributes, const std::vector<std::int64_t>& made,
                const std::vector<Message>& constants = {}, const std::vector<std::string>& names = {}, std::int64_t opset = 13) {
  std::vector<std::string> inputs{"x"};
  inputs.insert(inputs.end(), names.begin(), names.end());
  Model model{.nodes = {node(operation, inputs, {"y"}, attributes)},
              .initializers = constants,
              .inputs = {value("x", shape)},
              .outputs = {value("y", made)},
              .opset = opset};
  return run(imported(model.file()), {x});
}

void functions() {
  const Numbers x = random(40);
  const auto each = [&](const char* operation, auto of, const std::vector<Message>& attributes = {}, std::int64_t opset = 13) {
    Numbers expected;
    for (float value : x) expected.push_back(static_cast<float>(of(static_cast<double>(value))));
    if (!close(applied(operation, {2, 20}, x, attributes, {2, 20}, {}, {}, opset), expected, 1e-6f))
      report_failure(__FILE__, __LINE__, operation);
  };
  each("Erf", [](double v) { return std::erf(v); });
  each(
      "Gelu", [](double v) { return v / 2 * (1 + std::erf(v / std::sqrt(2.0))); }, {}, 20);
  each("Softplus", [](double v) { return std::log1p(std::exp(v)); });
  each("Softsign", [](double v) { return v / (1 + std::abs(v)); });
  each("Selu", [](double v) { return 1.0507010221481323 * (v > 0 ? v : 1.6732632423543772 * std::expm1(v)); });
  each("Elu", [](double v) { return v > 0 ? v : 0.5 * std::expm1(v); }, {attribute("alpha", 0.5f)});
  each("Celu", [](double v) { return v > 0 ? v : 2 * std::expm1(v / 2); }, {attribute("alpha", 2.0f)});
  each("HardSigmoid", [](double v) { return std::clamp(0.25 * v + 0.5, 0.0, 1.0); }, {attribute("alpha", 0.25f)});
  each("ThresholdedRelu", [](double v) { return v > 0.5 ? v : 0; }, {attribute("alpha", 0.5f)});
  each(
      "Mish", [](double v) { return v * std::tanh(std::log1p(std::exp(v))); }, {}, 18);
  each("Reciprocal", [](double v) { return 1 / static_cast<float>(v); });
}

// The error function and powers, over their whole range.
void ranges() {
  for (float x = -5; x < 5; x += 0.001f) {
    const float found = applied("Erf", {1}, {x}, {}, {1})[0];
    if (!(std::abs(static_cast<double>(found) - std::erf(static_cast<double>(x))) <=
          4e-7 * std::abs(std::erf(static_cast<double>(x)))))
      return report_failure(__FILE__, __LINE__, "erf");
    x += 0.05f;
  }
  for (float exponent : {3.0f, -2.0f, 0.0f, 1.5f, 7.0f}) {
    const float found = applied("Pow", {1}, {1.75f}, {}, {1}, {tensor("e", {}, Numbers{exponent})}, {"e"})[0];
    expect(std::abs(static_cast<double>(found) / std::pow(1.75, static_cast<double>(exponent)) - 1) < 1e-6);
  }
}

// What is mixed by reshapes and transpositions arrives in ONNX's order.
void orders() {
  Numbers x;
  for (int i = 0; i < 2 * 6 * 4 * 3; ++i) x.push_back(static_cast<float>(i));
  const auto at = [](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
    return static_cast<float>(((n * 6 + c) * 4 + h) * 3 + w);
  };
  Model shuffle;  // of channels, between a pooling that changes nothing and an output
  shuffle.nodes = {node("MaxPool", {"x"}, {"p"}, {attribute("kernel_shape", std::vector<std::int64_t>{1, 1})}),
                   node("Reshape", {"p", "s"}, {"a"}),
                   node("Transpose", {"a"}, {"b"}, {attribute("perm", std::vector<std::int64_t>{0, 2, 1, 3, 4})}),
                   node("Reshape", {"b", "z"}, {"c"}),
                   node("MaxPool", {"c"}, {"y"}, {attribute("kernel_shape", std::vector<std::int64_t>{1, 1})})};
  shuffle.initializers = {tensor("s", {5}, std::vector<std::int64_t>{2, 2, 3, 4, 3}),
                          tensor("z", {4}, std::vector<std::int64_t>{2, 6, 4, -1})};
  shuffle.inputs = {value("x", {2, 6, 4, 3})};
  shuffle.outputs = {value("y", {2, 6, 4, 3})};
  Numbers expected;
  for (std::size_t n = 0; n < 2; ++n)
    for (std::size_t c = 0; c < 6; ++c)
      for (std::size_t h = 0; h < 4; ++h)
        for (std::size_t w = 0; w < 3; ++w) expected.push_back(at(n, c % 2 * 3 + c / 2, h, w));
  expect(run(imported(shuffle.file()), {x}) == expected);

  // Sums over channels behind a transposition, and a softmax across them.
  Model sum;
  sum.nodes = {node("Transpose", {"x"}, {"t"}, {attribute("perm", std::vector<std::int64_t>{3, 1, 0, 2})}),
               node("ReduceSum", {"t", "axes"}, {"y"}, {attribute("keepdims", std::int64_t{0})})};
  sum.initializers = {tensor("axes", {1}, std::vector<std::int64_t>{-3})};
  sum.inputs = {value("x", {2, 6, 4, 3})};
  sum.outputs = {value("y", {3, 2, 4})};
  expected.clear();
  for (std::size_t w = 0; w < 3; ++w)
    for (std::size_t n = 0; n < 2; ++n)
      for (std::size_t h = 0; h < 4; ++h) {
        float all = 0;
        for (std::size_t c = 0; c < 6; ++c) all += at(n, c, h, w);
        expected.push_back(all);
      }
  expect(run(imported(sum.file()), {x}) == expected);
}

void refusals() {
  const auto refuses = [](const Model& model, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
    refused([&] { imported(model.file()); }, parts, line);
  };
  const Small small;
  Model model = small.model();
  model.opset = 25;
  refuses(model, {"m.onnx: imports opset 25; expected 7 to 24"});
  model = small.model();
  model.nodes[1] = node("Relu", {"t"}, {"r"}, {attribute("beta", 1.0f)});
  refuses(model, {"node 1 Relu: has the attribute \"beta\""});
  model = small.model();
  model.nodes[1] = node("Frobnicate", {"t"}, {"r"});
  refuses(model, {"node 1 Frobnicate: is not supported; expected Abs, "});
  model = small.model();
  model.nodes[1] = node("Loop", {"t"}, {"r"}, {Message{}.bytes(1, "body").bytes(6, "").whole(20, 5)});
  refuses(model, {"node 1 Loop: is control flow: its \"body\" is a graph"});
  model = small.model();
  model.outputs = {value("y", {1, 4})};
  refuses(model, {"graph.output[0] \"y\": is said to be 1x4; expected 1x3"});
  model = small.model();
  model.initializers[0].whole(3, 1);
  refuses(model, {"graph.initializer[0]: is a segment of a larger tensor; expected"});
  model = small.model();
  model.initializers[1] = tensor("b", {4}, Numbers{1, 2, 3});
  refuses(model, {"graph.initializer[1]: has 12 bytes of data; expected 16"});
  model = small.model();
  model.initializers[1] = Message{}.packed(1, {4}).whole(2, 11).bytes(8, "b").packed(5, {1, 2, 3, 4});
  refuses(model, {"graph.initializer[1]: has 0 bytes of data; expected 32 for 4 numbers of double"});
  model = small.model();
  model.initializers[1] =
      tensor("b", {4}, Numbers{}).message(13, Message{}.bytes(1, "location").bytes(2, "../b.bin")).whole(14, 1);
  refuses(model, {"graph.initializer[1]: its data lie in \"../b.bin\", which is not looked at"});
  model = small.model();
  model.inputs = {value("x", {1, -1, 5, 6})};
  refuses(model, {"node 0 Conv: has weights of 4x2x3x3"});
}

// Cut anywhere, it is refused.
void cuts() {
  const std::string whole = Small{}.model().file();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::vector<char> held(whole.begin(),
                                 whole.begin() + static_cast<std::ptrdiff_t>(size));  // no byte more, for sanitizers
    refused(
        [&] {
          tools::onnx::parse_model("m.onnx", {reinterpret_cast<const std::uint8_t*>(held.data()), held.size()});
        },
        {"m.onnx: ", "; expected "});
  }
  // A length that only its message is too short for.
  Model model = Small{}.model();
  model.initializers[0].text +=
      "\x6a\x05"
      "ab";
  refused([&] { imported(model.file()); }, {"graph.initializer[0]: its byte ", " claims 5 bytes; expected at most 2"});
}

// External data beside the file are read, and no others.
void external() {
  namespace fs = std::filesystem;
  fs::create_directories(folder + "/inside");
  const Small small;
  Model model = small.model();
  const std::string content(reinterpret_cast<const char*>(small.b.data()), 16);
  file("b.bin", "12345678" + content);
  const auto stored = [](const std::string& where) {
    return tensor("b", {4}, Numbers{})
        .message(13, Message{}.bytes(1, "location").bytes(2, where))
        .message(13, Message{}.bytes(1, "offset").bytes(2, "8"))
        .whole(14, 1);
  };
  model.initializers[1] = stored("b.bin");
  const Numbers x = random(60);
  expect(close(run(tools::importer::lower(tools::onnx::read_model(file("m.onnx", model.file()))), {x}), small.expected(x)));
  std::error_code error;
  fs::create_symlink(fs::absolute(folder + "/b.bin"), folder + "/inside/link.bin", error);
  model.initializers[1] = stored("link.bin");
  if (!error)
    refused([&] { tools::onnx::read_model(file("inside/m.onnx", model.file())); }, {"\"link.bin\", which lies outside"});
}

// Bytes changed, cut and doubled: a model or a sentence, and no network but one that gives the same numbers in its plan as apart.
void mutations() {
  const std::string whole = Small{}.model(Form::single).file();
  std::size_t refusals = 0;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    std::string content = whole;
    for (std::uint32_t changes = 1 + source.below(3); changes > 0; --changes) {
      const std::size_t at = source.below(static_cast<std::uint32_t>(content.size()));
      // Most of the bytes are weights.
      const std::size_t structural = source.below(4) == 0 ? at : at % 400;
      switch (source.below(4)) {
        case 0:
          content[structural] = static_cast<char>(source.below(256));
          break;
        case 1:
          content[structural] = static_cast<char>(content[structural] ^ (1 << source.below(8)));
          break;
        case 2:
          content.erase(structural, 1 + source.below(9));
          break;
        default:
          content.insert(structural, content.substr(at, 1 + source.below(9)));
      }
      if (content.empty()) content = whole;
    }
    try {
      const Network network = imported(content);
      tools::importer::probe("m.onnx", network, network);
    } catch (const tools::Failure& failure) {
      const std::string_view sentence = failure.what();
      const bool good = sentence.starts_with("m.onnx: ") && sentence.find("; expected ") != sentence.npos &&
                        sentence.find("a fault of the importer") == sentence.npos;
      if (!good) report_failure(__FILE__, __LINE__, sentence);
      ++refusals;
    }
  }
  if (refusals < 500 || refusals == 3000) report_failure(__FILE__, __LINE__, static_cast<std::uint32_t>(refusals), " refusals");
}

}  // namespace

int main() {
  std::filesystem::create_directories(folder);
  nets();
  convolutions();
  functions();
  ranges();
  orders();
  refusals();
  cuts();
  external();
  mutations();
  std::filesystem::remove_all(folder);
  return expectations_failed();
}
