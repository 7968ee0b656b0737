// BATCH_NORMALIZATION: y = gamma · (x - mean) / sqrt(variance + epsilon) + beta for each channel, the last dimension; as a model
// that learns has it. Inputs: x, gamma, beta, mean, variance, all but x constants.
#include <cmath>

#include "nn/float32/depthwise_conv_2d.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(5, 5);
  node.require_type(0, {Type::float32});
  const Shape& x = node.input().shape;
  for (std::size_t i = 1; i < 5; ++i) {
    node.require_type(i, {Type::float32});
    node.require_constant(i, "statistics");
    if (x.empty() || node.input(i).shape != Shape{x.back()})
      node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape), "one number for each channel");
  }
  for (float variance : numbers<float>(node.input(4)))
    if (!(variance + node.real("epsilon") > 0)) node.refuse("has a variance that is not above 0", "positive variances");
  node.set_output_type({Type::float32});
  node.set_output(x);
}

void lower(Lowering& node) {
  const std::int32_t channels = node.input().shape.back();
  std::vector<float> factor = numbers<float>(node.input(1)), offset = numbers<float>(node.input(2));
  const std::vector<float> mean = numbers<float>(node.input(3)), variance = numbers<float>(node.input(4));
  for (std::size_t k = 0; k < factor.size(); ++k) {
    factor[k] *= 1 / std::sqrt(variance[k] + node.real("epsilon"));
    offset[k] -= mean[k] * factor[k];
  }
  nn::graph::Window places{};
  places.input = places.output = {1, node.count() / channels, channels};
  node.apply(nn::float32::DepthwiseConv2d{.window = places,
                                          .multiplier = 1,
                                          .weight = node.keep(factor),
                                          .bias = node.keep(offset),
                                          .limits = limits(node.activation())});
}

const OperatorKind batch_normalization{{.name = "batch_normalization", .types = {Type::float32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
