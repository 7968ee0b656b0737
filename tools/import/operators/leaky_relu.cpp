// LEAKY_RELU. alpha may be negative.
#include "tools/import/operators/curve.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"
#include "tools/import/operators/rescale.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  check_like_input(node);
  node.real("alpha");
}

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  const float alpha = node.real("alpha");
  if (x.type == Type::float32) return apply_curve(node, nn::float32::Curve::line, alpha);
  const Scale positive = fixed_scale(static_cast<double>(scale(x) / scale(y)));
  const Scale negative = fixed_scale(static_cast<double>(scale(x) * alpha / scale(y)));
  if (x.type == Type::int16) return apply_rescale(node, positive, negative, whole_range(y));
  if (node.model.rounding == Rounding::float32)
    return apply_table(node, [&](std::int32_t code) {
      const float by = scale(x) / scale(y);
      return bounded(rescaled_half_up(code - zero(x), code >= zero(x) ? by : by * alpha, zero(y)));
    });
  apply_table(node, [&](std::int32_t code) {
    return bounded(std::int64_t{zero(y)} + nn::int8::requantize(code - zero(x), code >= zero(x) ? positive : negative));
  });
}

const OperatorKind leaky_relu{
    {.name = "leaky_relu", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
