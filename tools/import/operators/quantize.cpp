// QUANTIZE: from float32 to codes, or from one scale to another.
#include "nn/int16/int16.hpp"
#include "nn/int8/quantize.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"
#include "tools/import/operators/rescale.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({Type::int8, Type::int16, Type::uint8, Type::int32});
  node.set_output(node.input().shape);
}

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (y.type != Type::int16) node.require_type(y, "an output", x.type == Type::int16 && y.type != Type::int8 ? Type::int16 : Type::int8);
  if (x.type == Type::float32) {
    if (y.type == Type::int16) return node.apply(nn::int16::Quantize{.count = node.count(), .scale = scale(y), .range = whole_range(y)});
    return node.apply(nn::int8::Quantize{.count = node.count(), .scale = scale(y), .range = whole_range(y)});
  }
  const Scale to = fixed_scale(static_cast<double>(scale(x)) / static_cast<double>(scale(y)));
  if (x.type == Type::int16 && y.type == Type::int16) return apply_rescale<std::int16_t, std::int16_t>(node, to, to, whole_range(y));
  if (x.type == Type::int16) return apply_rescale<std::int8_t, std::int16_t>(node, to, to, whole_range(y));
  if (y.type == Type::int16) return apply_rescale<std::int16_t, std::int8_t>(node, to, to, whole_range(y));
  apply_table(node, [&](std::int32_t code) { return bounded(zero(y) + std::int64_t{nn::int8::requantize(code - zero(x), to)}); });
}

const OperatorKind quantize{{.name = "quantize", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
