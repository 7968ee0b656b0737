// FULLY_CONNECTED: Dense; of several rows, a convolution of one place.
#include "nn/layer/window.hpp"
#include "tools/import/layer_kind.hpp"

namespace tools::importer {

namespace {

void add(const Node& node, Chain& chain) {
  const std::vector<float> weight = constant_reals(node, 1, "weights");
  const auto outputs = static_cast<std::size_t>(node.input(1).shape[0]), depth = static_cast<std::size_t>(node.input(1).shape[1]);
  std::vector<float> bias(outputs, 0.0f);
  if (node.has_input(2)) bias = constant_reals(node, 2, "biases");
  Layer layer{.name = "Dense", .options = text("<", outputs, ">"), .output = {.channels = outputs},
              .parameters = {{weight, depth}, {bias, 0}}, .affine = Affine::rows};
  const std::size_t rows = chain.output().size() / depth;
  if (rows > 1) {
    if (chain.output().channels != depth) chain.see({1, rows, depth});
    const nn::Shape from = chain.output();
    const bool flat = from.height == 1;
    layer.name = flat ? "Conv1d" : "Conv2d";
    layer.options = text("<", outputs, flat ? ", 1>" : ", 1, 1>");
    layer.output = {from.height, from.width, outputs};
    layer.constant = nn::axes_of(from, 1, 1, {}).constant();
  } else if (chain.output().channels != depth) {
    chain.see({.channels = depth});
  }
  chain.add(std::move(layer));
  add_activation(node, chain);
}

const LayerKind fully_connected{{.kind = "fully_connected", .add = add}};

}  // namespace

}  // namespace tools::importer
