#include "tools/import/operators/int16_output.hpp"

namespace tools::importer {

nn::Int16Output int16_output(Lowering& node, std::int32_t outputs, bool wide, const Weighted& of, bool rounded) {
  require_symmetric(node, node.input(of.x));
  require_symmetric(node, node.output());
  std::vector<std::int64_t> bias(static_cast<std::size_t>(outputs), 0);
  if (node.has_input(of.bias)) {
    node.require_constant(of.bias, "biases");
    bias =
        has_bias_of(node, Type::int64, of.bias) ? numbers<std::int64_t>(node.input(of.bias)) : whole_numbers(node.input(of.bias));
  }
  constexpr std::int64_t most = std::int64_t{1} << 46;
  for (std::int64_t value : bias)
    if (value < -most || value > most) node.refuse(text("has the bias ", value), "biases within 2^46");
  std::vector<Scale> scale = weight_scales(node, of, rounded);
  for (Scale to : scale)
    node.require(!wide || to.shift < 8, "has weights of a large scale", "sums that are multiplied by less than 128");
  const std::int32_t step = scale.size() == 1 ? 0 : 1;
  return {.bias = node.keep(std::move(bias)),
          .scale = node.keep(std::move(scale)),
          .scale_step = step,
          .range = output_range(node),
          .wide = wide};
}

}  // namespace tools::importer
