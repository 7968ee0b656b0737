// write_onnx IMAGE FILE.onnx: the desktop's network as PyTorch exports it: channels before height and width, weights [outputs]
// [channels][height][width], columns behind the Flatten in that order, and no Softmax, which is part of its loss.
#include <fstream>
#include <iostream>
#include <memory>

#include "firmware/fine_tune/desktop.hpp"
#include "tests/tools/onnx_writer.hpp"
#include "tools/model/image.hpp"

namespace {

using namespace onnx_writer;
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

Message conv(const std::string& x, const std::string& name) {
  using List = std::vector<std::int64_t>;
  return node("Conv", {x, name + ".weight", name + ".bias"}, {name},
              {attribute("kernel_shape", List{3, 3}), attribute("pads", List{1, 1, 1, 1}), attribute("strides", List{1, 1})});
}
Message pool(const std::string& x, const std::string& y) {
  using List = std::vector<std::int64_t>;
  return node("MaxPool", {x}, {y}, {attribute("kernel_shape", List{2, 2}), attribute("strides", List{2, 2})});
}

int run(const std::string& image, const std::string& out) {
  const auto parameters = std::make_unique<Net::Parameters>();
  nn::StoredNormalization<Net::inputs> normalization;
  tools::read_image<Net>(image, *parameters, normalization);
  const auto& first = nn::get<0>(*parameters);
  const auto& second = nn::get<3>(*parameters);
  const auto& last = nn::get<7>(*parameters);
  Model model;
  model.nodes = {conv("image", "conv1"),
                 node("Relu", {"conv1"}, {"relu1"}),
                 pool("relu1", "pool1"),
                 conv("pool1", "conv2"),
                 node("Relu", {"conv2"}, {"relu2"}),
                 pool("relu2", "pool2"),
                 node("Flatten", {"pool2"}, {"flat"}),
                 node("Gemm", {"flat", "fc.weight", "fc.bias"}, {"logits"}, {attribute("transB", std::int64_t{1})})};
  model.initializers = {
      tensor("conv1.weight", {8, 1, 3, 3}, channels_first(first.weight, 9)),   tensor("conv1.bias", {8}, all(first.bias)),
      tensor("conv2.weight", {16, 8, 3, 3}, channels_first(second.weight, 9)), tensor("conv2.bias", {16}, all(second.bias)),
      tensor("fc.weight", {10, 64}, channels_first(last.weight, 4)),           tensor("fc.bias", {10}, all(last.bias))};
  model.inputs = {value("image", {1, 1, 8, 8})};
  model.outputs = {value("logits", {1, 10})};
  tools::replace_file(out, model.file());
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
