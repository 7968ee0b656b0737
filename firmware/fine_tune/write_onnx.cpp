// write_onnx IMAGE FILE.onnx: the desktop's network as PyTorch exports it: channels before height and width, weights [outputs]
// [channels][height][width], columns behind the Flatten in that order, and no Softmax, which is part of its loss.
#include <fstream>
#include <iostream>
#include <memory>

#include "firmware/fine_tune/desktop.hpp"
#include "tools/export/onnx_graph.hpp"
#include "tools/model/image.hpp"

namespace {

using tools::Dims;
using Net = desktop::Net;

// [outputs][places][channels] as [outputs][channels][places].
std::vector<float> channels_first(const auto& rows, std::size_t places) {
  std::vector<float> made;
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size() / places; ++c)
      for (std::size_t at = 0; at < places; ++at) made.push_back(row[at * (row.size() / places) + c]);
  return made;
}
std::vector<float> all(const auto& row) { return {row.begin(), row.end()}; }

int run(const std::string& image, const std::string& out) {
  const auto parameters = std::make_unique<Net::Parameters>();
  tools::Normalization normalization;
  tools::read_image<Net>(image, *parameters, normalization);
  const auto& first = nn::get<0>(*parameters);
  const auto& second = nn::get<3>(*parameters);
  const auto& last = nn::get<7>(*parameters);

  tools::OnnxGraph graph{{1, 1, 8, 8}};
  const auto conv = [&](const std::string& x, const std::string& name, const Dims& dims, const auto& p) {
    return graph.node("Conv", name,
                      {x, graph.initializer(name + ".weight", dims, channels_first(p.weight, 9)),
                       graph.initializer(name + ".bias", {dims[0]}, all(p.bias))},
                      {{"kernel_shape", Dims{3, 3}}, {"pads", Dims{1, 1, 1, 1}}, {"strides", Dims{1, 1}}});
  };
  const auto relu_and_pool = [&](const std::string& x) {
    const std::string above_0 = graph.node("Relu", "relu", {x});
    return graph.node("MaxPool", "pool", {above_0}, {{"kernel_shape", Dims{2, 2}}, {"strides", Dims{2, 2}}});
  };
  const std::string first_map = relu_and_pool(conv("input", "conv1", {8, 1, 3, 3}, first));
  const std::string second_map = relu_and_pool(conv(first_map, "conv2", {16, 8, 3, 3}, second));
  const std::string logits =
      graph.node("Gemm", "fc",
                 {graph.node("Flatten", "flat", {second_map}),
                  graph.initializer("fc.weight", {10, 64}, channels_first(last.weight, 4)),
                  graph.initializer("fc.bias", {10}, all(last.bias))},
                 {{"transB", 1}});
  tools::replace_file(out, graph.bytes(logits, {1, 10}));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count != 3) throw tools::Failure{"write_onnx has " + std::to_string(count - 1) + " arguments; expected IMAGE FILE.onnx"};
    return run(arguments[1], arguments[2]);
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
  }
}
