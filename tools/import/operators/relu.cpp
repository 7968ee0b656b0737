// RELU, RELU6 and RELU_N1_TO_1.
#include "tools/import/operators/curve.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/lookup.hpp"
#include "tools/import/operators/rescale.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void lower_relu(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::float32) return apply_curve(node, nn::float32::Curve::line, 1, {.least = 0, .most = unlimited.most});
  const Scale to = fixed_scale(static_cast<double>(scale(x) / scale(y)));
  if (x.type == Type::int16) return apply_rescale(node, to, to, {zero(y), zero(y), 32767});
  apply_table(node, [&](std::int32_t code) {
    return bounded(zero(y) + std::int64_t{nn::int8::requantize(code - zero(x), to)}, std::max(-128, zero(y)), 127);
  });
}

void lower_relu6(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::float32) return apply_curve(node, nn::float32::Curve::line, 1, limits(Activation::relu6));
  if (x.type == Type::int16) {
    require_same_quantization(node);
    return apply_rescale(node, fixed_scale(1), fixed_scale(1), activation_range(Activation::relu6, y));
  }
  const std::int8_t six = bounded(code_of(6, scale(x), zero(x)));
  apply_table(node, [&](std::int32_t code) { return bounded(code, zero(x), six); });
}

void lower_relu_n1_to_1(Lowering& node) { apply_curve(node, nn::float32::Curve::line, 1, limits(Activation::relu_n1_to_1)); }

const OperatorKind relu{
    {.name = "relu", .types = {Type::float32, Type::int8, Type::int16}, .check = check_like_input, .lower = lower_relu}};
const OperatorKind relu6{
    {.name = "relu6", .types = {Type::float32, Type::int8, Type::int16}, .check = check_like_input, .lower = lower_relu6}};
const OperatorKind relu_n1_to_1{
    {.name = "relu_n1_to_1", .types = {Type::float32}, .check = check_like_input, .lower = lower_relu_n1_to_1}};

}  // namespace

}  // namespace tools::importer
