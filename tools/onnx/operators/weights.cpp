#include "tools/onnx/operators/weights.hpp"

#include <algorithm>
#include <cmath>

namespace tools::onnx {

namespace {

void require_finite(const Node& node, const std::vector<float>& values, std::size_t i) {
  if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); }))
    node.refuse(node.input_name(i) + " holds an infinity", "finite weights");
}

}  // namespace

Weights float_weights(const Node& node, std::size_t outputs) {
  Weights made{node.value(1).shape, node.reals(1), std::vector<float>(outputs, 0.0f)};
  require_finite(node, made.weight, 1);
  if (!node.has(2)) return made;
  made.bias = node.reals(2);
  if (made.bias.size() != outputs)
    node.refuse(text(node.input_name(2), " has ", made.bias.size(), " biases"), text(outputs, ", one for each output"));
  require_finite(node, made.bias, 2);
  return made;
}

Scaled normalization(const Node& node, std::size_t channels) {
  node.require(node.whole("training_mode", 0) == 0, "trains", "a model that was exported to infer");
  node.require(node.whole("spatial", 1) == 1, "normalizes each place apart", "spatial 1");
  node.ignore({"momentum", "is_test", "consumed_inputs"});
  const float epsilon = node.real("epsilon", 1e-5f);
  std::vector<float> of[4];
  for (std::size_t i = 0; i < 4; ++i) {
    of[i] = node.reals(i + 1);
    if (of[i].size() != channels)
      node.refuse(text(node.input_name(i + 1), " has ", of[i].size(), " numbers"), text(channels, ", one for each channel"));
  }
  Scaled made;
  for (std::size_t c = 0; c < channels; ++c) {
    if (!(of[3][c] + epsilon > 0)) node.refuse(text("has the variance ", of[3][c], " at channel ", c), "one above 0");
    const float factor = of[0][c] * (1 / std::sqrt(of[3][c] + epsilon));
    made.factor.push_back(factor);
    made.offset.push_back(of[1][c] - of[2][c] * factor);
  }
  return made;
}

}  // namespace tools::onnx
