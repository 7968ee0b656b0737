// QUANTIZE: from float32 to codes, or from one scale to another.
#include "nn/int16/int16.hpp"
#include "nn/int8/quantize.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"
#include "tools/import/operators/rescale.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({Type::int8, Type::int16, Type::uint8, Type::int32});
  for (const Tensor* tensor : {&node.input(), &node.output()})
    node.require(tensor->type == Type::float32 || tensor->quantization.scale.size() == 1, "reads or makes codes without a scale",
                 "a scale and a zero point");
  node.set_output(node.input().shape);
}

// Between codes of 8 bits, signed or not.
template <class To, class From>
void lower_bytes(Lowering& node, Scale to) {
  const Tensor &x = node.input(), &y = node.output();
  constexpr std::int32_t least = std::numeric_limits<To>::min(), most = std::numeric_limits<To>::max();
  if (node.model.rounding == Rounding::float32)
    return apply_table<To, From>(node, [&](std::int32_t code) {
      return std::clamp<std::int64_t>(rescaled_half_up(code - zero(x), scale(x) / scale(y), zero(y)), least, most);
    });
  apply_table<To, From>(node, [&](std::int32_t code) {
    return std::clamp<std::int64_t>(std::int64_t{zero(y)} + nn::int8::requantize(code - zero(x), to), least, most);
  });
}

template <class From>
void lower_codes(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  const Scale to = fixed_scale(static_cast<double>(scale(x)) / static_cast<double>(scale(y)));
  using Limits = std::numeric_limits<std::int32_t>;
  if (y.type == Type::int32 && sizeof(From) < 4)
    return apply_rescale<std::int32_t, From>(node, to, to, {zero(y), Limits::min(), Limits::max()});
  if constexpr (sizeof(From) > 1) {
    if (y.type == Type::int16) return apply_rescale<std::int16_t, From>(node, to, to, whole_range(y));
    node.require_type(y, "an output", Type::int8);
    return apply_rescale<std::int8_t, From>(node, to, to, whole_range(y));
  } else {
    if (y.type == Type::int16) return apply_rescale<std::int16_t, From>(node, to, to, whole_range(y));
    if (y.type == Type::uint8) return lower_bytes<std::uint8_t, From>(node, to);
    lower_bytes<std::int8_t, From>(node, to);
  }
}

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::int8) return lower_codes<std::int8_t>(node);
  if (x.type == Type::uint8) return lower_codes<std::uint8_t>(node);
  if (x.type == Type::int16) return lower_codes<std::int16_t>(node);
  if (x.type == Type::int32) return lower_codes<std::int32_t>(node);
  with_rounding(node, [&]<class By>(By) {
    if (y.type == Type::int16)
      return node.apply(
          nn::int8::QuantizeTo<std::int16_t, By>{.count = node.count(), .scale = scale(y), .range = whole_range(y)});
    if (y.type == Type::uint8)
      return node.apply(
          nn::int8::QuantizeTo<std::uint8_t, By>{.count = node.count(), .scale = scale(y), .range = {zero(y), 0, 255}});
    node.require_type(y, "an output", Type::int8);
    node.apply(nn::int8::QuantizeTo<std::int8_t, By>{.count = node.count(), .scale = scale(y), .range = whole_range(y)});
  });
}

const OperatorKind quantize{{.name = "quantize",
                             .types = {Type::float32, Type::int8, Type::int16, Type::int32, Type::uint8},
                             .check = check,
                             .lower = lower}};

}  // namespace

}  // namespace tools::importer
