// STANDARDIZE: LayerNorm, whose gamma and beta are a factor and an offset behind it. BATCH_NORMALIZATION: BatchNorm, whose
// epsilon is 2^-10: gamma takes what another one changes, and mean and variance stay those of the data.
#include <cmath>

#include "tools/import/layer_kind.hpp"

namespace tools::importer {

namespace {

void add_standardize(const Node& node, Chain& chain) {
  const auto width = static_cast<std::size_t>(node.input().shape.back());
  node.require(
      std::abs(node.real("epsilon") - 1e-5f) < 1e-9f, [&] { return "has the epsilon " + std::to_string(node.real("epsilon")); },
      "0.00001, which is that of nn::LayerNorm and of PyTorch");
  node.require(width > 1, "normalizes single numbers", "two or more");
  if (chain.output().channels != width) chain.see({1, chain.output().size() / width, width});
  chain.add({.name = "LayerNorm",
             .options = "",
             .output = chain.output(),
             .parameters = {{std::vector<float>(width, 1.0f), 0}, {std::vector<float>(width, 0.0f), 0}},
             .affine = Affine::scale});
}

void add_batch_normalization(const Node& node, Chain& chain) {
  std::vector<float> of[4];
  for (std::size_t i = 0; i < 4; ++i) of[i] = constant_reals(node, i + 1, "statistics");
  auto& [gamma, beta, mean, variance] = of;
  const float epsilon = node.real("epsilon", 1e-5f);
  for (std::size_t k = 0; k < gamma.size(); ++k) gamma[k] *= std::sqrt((variance[k] + 0x1p-10f) / (variance[k] + epsilon));
  if (chain.output().channels != gamma.size()) chain.see(layer_shape(node.input().shape));
  chain.add({.name = "BatchNorm",
             .options = "<>",
             .output = chain.output(),
             .parameters = {{gamma, 0}, {beta, 0}, {mean, 0}, {variance, 0}}});
  add_activation(node, chain);
}

const LayerKind standardize{{.kind = "standardize", .add = add_standardize}};
const LayerKind batch_normalization{{.kind = "batch_normalization", .add = add_batch_normalization}};

}  // namespace

}  // namespace tools::importer
