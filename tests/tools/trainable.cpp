// Float models as networks that learn: the layers that they become, written here by hand, take the image that the importer
// writes, so fingerprint and parameters are theirs; their outputs are those of the graph, to 1e-5 of the largest. And what is
// refused.
#include <cmath>
#include <cstring>
#include <memory>

#include "nn/nn.hpp"
#include "onnx_writer.hpp"
#include "refused.hpp"
#include "tflite_models.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/run.hpp"
#include "tools/import/trainable.hpp"
#include "tools/import/trainable_header.hpp"
#include "tools/onnx/read.hpp"

namespace {

using namespace onnx_writer;
using List = std::vector<std::int64_t>;
using Numbers = std::vector<float>;

nn::Random source{7};
Numbers random(std::size_t count) {
  Numbers made;
  for (std::size_t i = 0; i < count; ++i) made.push_back((source.uniform() - 0.5f) * 2);
  return made;
}

tools::importer::Model read(const onnx_writer::Model& model) {
  const std::string content = model.file();
  return tools::onnx::parse_model("m.onnx", {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()},
                                  {.channels_last = true});
}

// The network of a model is Net; gives the header.
template <class Net>
std::string expect_network(const tools::importer::Model& model, int line = __builtin_LINE()) {
  const tools::importer::Chain chain = tools::importer::trainable(model);
  const std::string image = tools::importer::trainable_image(chain, {"made", "import m.onnx"});
  const auto parameters = std::make_unique<typename Net::Parameters>();
  nn::StoredNormalization<Net::inputs> none;
  expect(nn::Image<Net>::read(std::as_bytes(std::span{image}), *parameters, none) == nn::ImageStatus::ok, __FILE__, line);
  expect(none.count == 0, __FILE__, line);
  const tools::importer::Network graph = tools::importer::lower(model);
  tools::importer::Probe probe;
  for (int k = 0; k < 4; ++k) {
    typename Net::Input x;
    for (float& each : x) each = 4 * source.uniform() - 2;
    tools::importer::Bytes bytes(sizeof x);
    std::memcpy(bytes.data(), x.data(), sizeof x);
    const tools::importer::Bytes y = tools::importer::run(graph, {bytes});
    typename Net::Output answer;
    expect(y.size() == sizeof answer, __FILE__, line);
    std::memcpy(answer.data(), y.data(), sizeof answer);
    expect(nn::disagreement(Net::forward(*parameters, x), answer) <= 1e-5f, __FILE__, line);
    probe = {{bytes}, {y}};
  }
  return tools::importer::trainable_header(chain, {"made", "import m.onnx", {}}, probe, {});
}
void expect_text(const std::string& header, std::string_view part, int line = __builtin_LINE()) {
  if (header.find(part) == header.npos) report_failure(__FILE__, line, "the header lacks \"", part, "\"");
}

// As torch exports a small residual network: stride and padding that Same is not, a projection, a mean, a Gemm behind a Flatten.
void images() {
  onnx_writer::Model model;
  const auto conv = [&](const char* x, const char* y, const char* w, const List& shape, std::int64_t stride, std::int64_t pad) {
    std::size_t count = 1;
    for (std::int64_t extent : shape) count *= static_cast<std::size_t>(extent);
    model.initializers.push_back(tensor(w, shape, random(count)));
    model.initializers.push_back(tensor(std::string{w} + "b", {shape[0]}, random(static_cast<std::size_t>(shape[0]))));
    model.nodes.push_back(node("Conv", {x, w, std::string{w} + "b"}, {y},
                               {attribute("kernel_shape", List{shape[2], shape[3]}), attribute("strides", List{stride, stride}),
                                attribute("pads", List{pad, pad, pad, pad})}));
  };
  const auto relu = [&](const char* x, const char* y) { model.nodes.push_back(node("Relu", {x}, {y})); };
  conv("x", "a", "w1", {4, 2, 3, 3}, 1, 1);
  relu("a", "b");
  conv("b", "c", "w2", {4, 4, 3, 3}, 1, 1);
  relu("c", "d");
  model.nodes.push_back(node("Add", {"b", "d"}, {"e"}));
  conv("e", "f", "w3", {6, 4, 3, 3}, 2, 1);
  relu("f", "g");
  conv("g", "h", "w4", {6, 6, 3, 3}, 1, 1);
  conv("e", "s", "w5", {6, 4, 1, 1}, 2, 0);
  model.nodes.push_back(node("Add", {"h", "s"}, {"i"}));
  relu("i", "j");
  model.nodes.push_back(node("MaxPool", {"j"}, {"k"}, {attribute("kernel_shape", List{2, 2}), attribute("strides", List{2, 2})}));
  model.nodes.push_back(node("Flatten", {"k"}, {"l"}));
  model.nodes.push_back(node("Gemm", {"l", "v", "vb"}, {"y"}, {attribute("transB", std::int64_t{1})}));
  model.initializers.push_back(tensor("v", {3, 24}, random(72)));
  model.initializers.push_back(tensor("vb", {3}, random(3)));
  model.inputs = {value("x", {1, 2, 8, 9})};
  model.outputs = {value("y", {1, 3})};
  using Net = nn::Network<
      float, nn::Input<8, 9, 2>, nn::Conv2d<4, 3, 3, nn::Same>, nn::Relu, nn::Residual<nn::Conv2d<4, 3, 3, nn::Same>, nn::Relu>,
      nn::Residual<nn::Projection<nn::Conv2d<6, 1, 1, nn::Stride<2>>>,
                   nn::Conv2d<6, 3, 3, nn::Stride<2>, nn::ZeroPadding<1, 0, 1, 1>>, nn::Relu, nn::Conv2d<6, 3, 3, nn::Same>>,
      nn::Relu, nn::MaxPool2d<2, 2>, nn::Flatten, nn::Dense<3>>;
  const std::string header = expect_network<Net>(read(model));
  expect_text(header, "using Net = nn::Network<float, nn::Input<8, 9, 2>,\n");
  expect_text(header,
              "nn::Residual<nn::Projection<nn::Conv2d<6, 1, 1, nn::Stride<2>>>, nn::Conv2d<6, 3, 3, nn::Stride<2>, "
              "nn::ZeroPadding<1, 0, 1, 1>>, nn::Relu, ");
  expect_text(header, "trainer.freeze(k)");
  // With the Softmax that torch leaves to its loss.
  tools::importer::Model ended = read(model);
  tools::importer::end_with(ended, "softmax");
  expect_network<nn::Network<
      float, nn::Input<8, 9, 2>, nn::Conv2d<4, 3, 3, nn::Same>, nn::Relu, nn::Residual<nn::Conv2d<4, 3, 3, nn::Same>, nn::Relu>,
      nn::Residual<nn::Projection<nn::Conv2d<6, 1, 1, nn::Stride<2>>>,
                   nn::Conv2d<6, 3, 3, nn::Stride<2>, nn::ZeroPadding<1, 0, 1, 1>>, nn::Relu, nn::Conv2d<6, 3, 3, nn::Same>>,
      nn::Relu, nn::MaxPool2d<2, 2>, nn::Flatten, nn::Dense<3>, nn::Softmax>>(ended);
  for (const char* kind : {"softmax", "logistic"})
    refused([&] { tools::importer::end_with(ended, kind); }, {"ends with a softmax already; expected it without --last"});
}

// A sequence: causal and depthwise, normalized, branches side by side, gates that are layers, constants that become part of
// layers.
void sequences() {
  onnx_writer::Model model;
  const auto constant = [&](const char* name, const List& shape) {
    std::size_t count = 1;
    for (std::int64_t extent : shape) count *= static_cast<std::size_t>(extent);
    model.initializers.push_back(tensor(name, shape, random(count)));
  };
  constant("w1", {4, 3, 3});
  constant("w2", {4, 1, 3});
  constant("b", {4});
  constant("scale", {4, 1});
  constant("v", {4, 5});
  constant("c", {5});
  model.nodes = {node("Conv", {"x", "w1", "b"}, {"a"}, {attribute("dilations", List{2}), attribute("pads", List{4, 0})}),
                 node("Sigmoid", {"a"}, {"s"}),
                 node("Mul", {"a", "s"}, {"g"}),
                 node("Conv", {"g", "w2"}, {"d"}, {attribute("group", std::int64_t{4}), attribute("pads", List{1, 1})}),
                 node("Mul", {"d", "scale"}, {"m"}),
                 node("LeakyRelu", {"m"}, {"l"}, {attribute("alpha", 0.25f)}),
                 node("Concat", {"l", "g"}, {"k"}, {attribute("axis", std::int64_t{1})}),
                 node("AveragePool", {"k"}, {"p"}, {attribute("kernel_shape", List{2}), attribute("strides", List{2})}),
                 node("GlobalAveragePool", {"p"}, {"q"}), node("Flatten", {"q"}, {"f"}),
                 node("Gemm", {"f", "u", "c"}, {"y"}, {attribute("transB", std::int64_t{1})})};
  model.initializers.erase(model.initializers.begin() + 4);
  constant("u", {5, 8});
  model.inputs = {value("x", {1, 3, 12})};
  model.outputs = {value("y", {1, 5})};
  using Net = nn::Network<float, nn::Input<12, 3>, nn::Conv1d<4, 3, nn::Dilation<2>, nn::Causal>, nn::Silu,
                          nn::Concat<nn::Branch<nn::DepthwiseConv2d<1, 1, 3, nn::Same>, nn::LeakyRelu<2>>, nn::Branch<>>,
                          nn::AvgPool2d<1, 2>, nn::GlobalAvgPool, nn::Dense<5>>;
  expect_network<Net>(read(model));
}

// Rows of features: what is one with a layer before, and what is a layer of its own.
void rows() {
  onnx_writer::Model model;
  model.initializers = {tensor("w", {6, 4}, random(24)), tensor("b", {4}, random(4)),     tensor("gamma", {4}, random(4)),
                        tensor("beta", {4}, random(4)),  tensor("k", {1}, Numbers{0.5f}), tensor("each", {5, 4}, random(20))};
  model.nodes = {node("MatMul", {"x", "w"}, {"a"}),
                 node("Add", {"a", "b"}, {"c"}),
                 node("LayerNormalization", {"c", "gamma", "beta"}, {"d"},
                      {attribute("axis", std::int64_t{-1}), attribute("epsilon", 1e-5f)}),
                 node("Elu", {"d"}, {"e"}),
                 node("Mul", {"e", "each"}, {"f"}),
                 node("Sub", {"f", "k"}, {"g"}),
                 node("Tanh", {"g"}, {"y"})};
  model.inputs = {value("x", {1, 5, 6})};
  model.outputs = {value("y", {1, 5, 4})};
  model.opset = 17;
  using Net = nn::Network<float, nn::Input<5, 6>, nn::Conv1d<4, 1>, nn::LayerNorm, nn::Elu, nn::Flatten,
                          nn::DepthwiseConv2d<1, 1, 1>, nn::Tanh>;
  expect_network<Net>(read(model));
}

// Steps of time: gates in our order, both directions, the last step as torch takes it, and normalizations that stay.
void recurrent() {
  onnx_writer::Model model;
  const auto weights = [&](std::int64_t directions, std::int64_t gates, std::int64_t inputs, std::int64_t units) {
    const auto count = [](std::int64_t a, std::int64_t b, std::int64_t c) { return static_cast<std::size_t>(a * b * c); };
    model.initializers = {tensor("w", {directions, gates * units, inputs}, random(count(directions, gates * units, inputs))),
                          tensor("r", {directions, gates * units, units}, random(count(directions, gates * units, units))),
                          tensor("b", {directions, 2 * gates * units}, random(count(directions, 2 * gates, units)))};
  };
  const auto recur = [&](const char* kind, std::int64_t units, std::vector<Message> attributes,
                         const std::vector<std::string>& outputs) {
    attributes.push_back(attribute("hidden_size", units));
    return node(kind, {"x", "w", "r", "b"}, outputs, attributes);
  };
  model.opset = 14;
  model.inputs = {value("x", {6, 1, 3})};
  weights(2, 3, 3, 4);
  model.initializers.push_back(tensor("shape", {3}, List{6, 1, 8}));
  model.initializers.push_back(tensor("v", {8, 2}, random(16)));
  model.nodes = {
      recur("GRU", 4, {attribute("direction", std::string{"bidirectional"}), attribute("linear_before_reset", std::int64_t{1})},
            {"h"}),
      node("Transpose", {"h"}, {"t"}, {attribute("perm", List{0, 2, 1, 3})}), node("Reshape", {"t", "shape"}, {"s"}),
      node("MatMul", {"s", "v"}, {"m"}), node("Tanh", {"m"}, {"y"})};
  model.outputs = {value("y", {6, 1, 2})};
  expect_network<nn::Network<float, nn::Input<6, 3>, nn::Bidirectional<nn::Gru<4>>, nn::Conv1d<2, 1>, nn::Tanh>>(read(model));
  model.outputs = {value("y", {1, 1, 5})};
  weights(1, 4, 3, 5);
  model.nodes = {recur("LSTM", 5, {}, {"", "y"})};
  expect_network<nn::Network<float, nn::Input<6, 3>, nn::Lstm<5, nn::LastStep>>>(read(model));
  weights(1, 3, 3, 5);
  model.nodes = {recur("GRU", 5, {}, {"", "y"})};
  expect_network<nn::Network<float, nn::Input<6, 3>, nn::Gru<5, nn::LastStep, nn::ResetBefore>>>(read(model));
  weights(1, 1, 3, 5);
  model.initializers.push_back(tensor("last", {}, List{-1}));
  model.outputs = {value("y", {1, 1, 5})};
  model.nodes = {recur("RNN", 5, {}, {"h"}), node("Gather", {"h", "last"}, {"y"}, {attribute("axis", std::int64_t{0})})};
  expect_network<nn::Network<float, nn::Input<6, 3>, nn::Rnn<5, nn::LastStep>>>(read(model));
  model.nodes = {recur("RNN", 5, {attribute("direction", std::string{"reverse"})}, {"", "y"})};
  refused([&] { tools::importer::trainable(read(model)); }, {"RNN: runs from the last step to the first alone"});
}

void normalizations() {
  onnx_writer::Model model;
  Numbers variance = random(4);
  for (float& each : variance) each = each * each;
  model.initializers = {tensor("w", {4, 2, 3, 3}, random(72)), tensor("gamma", {4}, random(4)),   tensor("beta", {4}, random(4)),
                        tensor("mean", {4}, random(4)),        tensor("variance", {4}, variance), tensor("two", {}, Numbers{2}),
                        tensor("epsilon", {}, Numbers{1e-5f}), tensor("k", {5}, random(5))};
  const auto average = [](const char* x, const char* y) { return node("ReduceMean", {x}, {y}, {attribute("axes", List{-1})}); };
  model.nodes = {node("Conv", {"x", "w"}, {"a"}, {attribute("pads", List{1, 1, 1, 1})}),
                 node("BatchNormalization", {"a", "gamma", "beta", "mean", "variance"}, {"b"}),
                 node("Relu", {"b"}, {"c"}),
                 node("GlobalAveragePool", {"c"}, {"d"}),
                 node("Flatten", {"d"}, {"e"}),
                 average("e", "m"),
                 node("Sub", {"e", "m"}, {"f"}),
                 node("Pow", {"f", "two"}, {"g"}),
                 average("g", "h"),
                 node("Add", {"h", "epsilon"}, {"i"}),
                 node("Sqrt", {"i"}, {"j"}),
                 node("Div", {"f", "j"}, {"l"}),
                 node("Mul", {"l", "gamma"}, {"n"}),
                 node("Add", {"n", "beta"}, {"y"})};
  model.inputs = {value("x", {1, 2, 5, 4})};
  model.outputs = {value("y", {1, 4})};
  const std::string content = model.file();
  const std::span bytes{reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
  using Net = nn::Network<float, nn::Input<5, 4, 2>, nn::Conv2d<4, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Relu, nn::GlobalAvgPool,
                          nn::LayerNorm>;
  expect_network<Net>(tools::onnx::parse_model("m.onnx", bytes, {.channels_last = true, .keeps_normalizations = true}));
}

// TensorFlow Lite's: fused activations, an average of an image.
void tflite() {
  models::Builder b;
  const auto reals = [&](const char* name, std::vector<int> shape) {
    std::size_t count = 1;
    for (int extent : shape) count *= static_cast<std::size_t>(extent);
    models::Tensor made = models::float32(name, std::move(shape), count);
    const Numbers values = random(count);
    std::memcpy(made.data.data(), values.data(), made.data.size());
    return b.add(made);
  };
  const int x = b.add(models::float32("x", {1, 6, 6, 2}));
  const int conv = b.run("CONV_2D", {x, reals("w", {4, 3, 3, 2}), reals("b", {4})}, models::float32("c", {1, 3, 3, 4}),
                         {{"padding", "same"}, {"activation", "relu6"}, {"stride_h", 2}, {"stride_w", 2}});
  const int mean = b.run("MEAN", {conv, b.add(models::int32("axes", {2}, {1, 2}))}, models::float32("m", {1, 4}));
  b.model.inputs = {x};
  b.model.outputs = {
      b.run("FULLY_CONNECTED", {mean, reals("v", {3, 4}), -1}, models::float32("y", {1, 3}), {{"activation", "relu"}})};
  expect_network<nn::Network<float, nn::Input<6, 6, 2>, nn::Conv2d<4, 3, 3, nn::Stride<2>, nn::Same>, nn::Relu6,
                             nn::GlobalAvgPool, nn::Dense<3>, nn::Relu>>(b.model);
}

void refusals() {
  const auto of = [](const std::string& operation, const std::vector<Message>& attributes, const List& shape, const List& made,
                     std::int64_t opset = 13) {
    onnx_writer::Model model;
    model.nodes = {node("Relu", {"x"}, {"r"}), node(operation, {"r"}, {"y"}, attributes)};
    model.inputs = {value("x", shape)};
    model.outputs = {value("y", made)};
    model.opset = opset;
    return read(model);
  };
  const auto refuse = [](const tools::importer::Model& model, std::initializer_list<std::string_view> parts, int line) {
    refused([&] { tools::importer::trainable(model); }, parts, line);
  };
  refuse(of("LeakyRelu", {attribute("alpha", 0.3f)}, {1, 4}, {1, 4}),
         {"m.onnx: node 1 LeakyRelu: has the slope 0.3", "; expected a power of two"}, __LINE__);
  refuse(of("Softsign", {}, {1, 4}, {1, 4}), {"node 1 Softsign: is no layer of nn/ that learns; expected ADD, ", "--until"},
         __LINE__);
  refuse(of("Gelu", {}, {1, 4}, {1, 4}, 20), {"node 1 Gelu: is the GELU of erf", "approximate=\"tanh\""}, __LINE__);
  refuse(of("Softmax", {attribute("axis", std::int64_t{-1})}, {1, 3, 4}, {1, 3, 4}), {"Softmax: is that of each of 3 rows"},
         __LINE__);
  refuse(of("Transpose", {attribute("perm", List{0, 3, 1, 2})}, {1, 2, 3, 4}, {1, 4, 2, 3}),
         {"node 1 Transpose", "changes the order of dimensions"}, __LINE__);

  onnx_writer::Model model;  // two branches whose product is no layer, or that meet in different places
  model.inputs = {value("x", {1, 4})};
  model.outputs = {value("y", {1, 4})};
  model.nodes = {node("Relu", {"x"}, {"a"}), node("Tanh", {"x"}, {"b"}), node("Mul", {"a", "b"}, {"y"})};
  refuse(read(model), {"node 2 Mul: multiplies what two branches compute", "; expected x · sigmoid(x)"}, __LINE__);
  model.nodes = {node("Relu", {"x"}, {"a"}), node("Tanh", {"x"}, {"b"}), node("Add", {"a", "b"}, {"c"}),
                 node("Elu", {"b"}, {"d"}), node("Add", {"c", "d"}, {"y"})};
  refuse(read(model), {"node 1 Tanh: feeds branches that meet in different places; expected chains, sums and concatenations"},
         __LINE__);
  model.nodes = {node("Relu", {"x"}, {"y"}), node("Tanh", {"x"}, {"z"})};
  model.outputs.push_back(value("z", {1, 4}));
  refuse(read(model), {"m.onnx: has 2 outputs", "--until"}, __LINE__);
  refuse(models::chain(), {"is of int8, and what learns from the model is float32; expected the model before it was quantized"},
         __LINE__);
}

}  // namespace

int main() {
  images();
  sequences();
  rows();
  recurrent();
  normalizations();
  tflite();
  refusals();
  return expectations_failed();
}
