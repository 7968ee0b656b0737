// What operators with weights share: which types and shapes go together, and for int8 and int16 their scales and biases.
#pragma once

#include "tools/import/lowering.hpp"
#include "tools/import/rows.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

// Which of an operator's inputs are what.
struct Weighted {
  std::size_t x = 0, weight = 1, bias = 2;
};

// Types of input, weights, bias and output; as many scales of the weights and biases as output channels, along that dimension.
void check_weights(const Node& node, int channels, int dimension, const Weighted& of = {});

// Weights are constant, and of int8 or int4 without a zero point.
void require_weights(const Node& node, std::size_t i);

// As int8; int4 is unpacked.
std::vector<std::int8_t> weights(const Node& node, std::size_t i);

// As many channels as the input has.
void require_one_group(const Node& node);

// One for each output channel, or one for all. `rounded`: of one for all, the product of the input's and the weights' is rounded
// to float first, as FULLY_CONNECTED does.
std::vector<Scale> weight_scales(const Node& node, const Weighted& of = {}, bool rounded = false);
// The same for Float32 rounding: (s_x · s_w) / s_y in float, in this order.
std::vector<float> float_scales(const Node& node, const Weighted& of = {});

// by(Rounding{}) with the model's rounding as a type.
void with_rounding(const Node& node, auto by) {
  node.model.rounding == Rounding::float32 ? by(nn::int8::Float32{}) : by(nn::int8::Reference{});
}

// Of int8: biases in which -zero·Σ w is folded in, as sums wrap. There may be a bias for each of some phases.
struct Folded {
  const std::int8_t* weight;
  const std::int32_t* bias;
  Scales scale;
  std::int32_t scale_step;  // 0: one scale for all
  bool simple;
};
// `owner` says which bias a weight's sum begins with.
template <class Owner>
Folded folded(Lowering& node, std::vector<std::int8_t> weight, std::size_t outputs, Owner owner, const Weighted& of = {},
              std::size_t phases = 1, bool rounded = false) {
  std::vector<std::int32_t> bias(outputs, 0);
  if (node.has_input(of.bias)) {
    node.require_constant(of.bias, "biases");
    bias = numbers<std::int32_t>(node.input(of.bias));
  }
  std::vector<std::uint32_t> sum;
  for (std::size_t phase = 0; phase < phases; ++phase) sum.insert(sum.end(), bias.begin(), bias.end());
  for (std::size_t i = 0; i < weight.size(); ++i) sum[owner(i)] -= static_cast<std::uint32_t>(zero(node.input(of.x)) * weight[i]);
  std::vector<std::int32_t> all{sum.begin(), sum.end()};
  const auto finish = [&](auto scale) -> Folded {
    const bool is_simple = simple(all, weight, scale, owner);
    const std::int32_t step = scale.size() == 1 ? 0 : 1;
    return {node.keep(std::move(weight)), node.keep(std::move(all)), node.keep(std::move(scale)), step, is_simple};
  };
  return node.model.rounding == Rounding::float32 ? finish(float_scales(node, of)) : finish(weight_scales(node, of, rounded));
}

// What the fused activation leaves of the output's codes.
inline Range output_range(const Node& node) { return activation_range(node.activation(), node.output()); }

void require_same_quantization(const Node& node);
void require_symmetric(const Node& node, const Tensor& tensor);  // of int16: the zero point 0

// So many codes make a sum of 32 bits.
void require_sum(const Node& node, std::int64_t count);

}  // namespace tools::importer
