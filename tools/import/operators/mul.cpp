// MUL.
#include "nn/float32/arithmetic.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/mul.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int32.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

template <class Code>
void lower_codes(Lowering& node) {
  if (sizeof(Code) == 1 && node.model.rounding == Rounding::float32)
    return node.apply(nn::int8::MulOf<std::int8_t, nn::int8::Float32>{.shape = broadcast(node),
                                                                      .a_zero = zero(node.input(0)),
                                                                      .b_zero = zero(node.input(1)),
                                                                      .scale = scale(node.input(0)) * scale(node.input(1)) /
                                                                               scale(node.output()),
                                                                      .range = output_range(node)},
                      {0, 1});
  const double product = static_cast<double>(scale(node.input(0))) * static_cast<double>(scale(node.input(1)));
  node.apply(nn::int8::MulOf<Code>{.shape = broadcast(node),
                                   .a_zero = zero(node.input(0)),
                                   .b_zero = zero(node.input(1)),
                                   .scale = fixed_scale(product / static_cast<double>(scale(node.output()))),
                                   .range = output_range(node)},
             {0, 1});
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_codes<std::int8_t>(node);
  if (node.input().type == Type::int16) {
    for (const Tensor* tensor : {&node.input(0), &node.input(1), &node.output()}) require_symmetric(node, *tensor);
    return lower_codes<std::int16_t>(node);
  }
  if (node.input().type == Type::int32) return apply_int32(node, nn::graph::Combination::product);
  node.apply(
      nn::float32::Arithmetic{
          .shape = broadcast(node), .combination = nn::graph::Combination::product, .limits = limits(node.activation())},
      {0, 1});
}

const OperatorKind mul{
    {.name = "mul", .types = {Type::float32, Type::int8, Type::int16, Type::int32}, .check = check_broadcast, .lower = lower}};

template <class Kernel>
struct OfMul {
  static std::optional<Passage> passage(const Kernel& o, const Channels& channels) {
    return broadcast_passage(o.shape, channels);
  }
  static Interval interval(const Kernel& o, std::span<const Interval> x) {
    const Interval a{x[0].low - o.a_zero, x[0].high - o.a_zero}, b{x[1].low - o.b_zero, x[1].high - o.b_zero};
    const auto [low, high] = std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    return requantized({low, high}, o.scale, o.range.zero);
  }
  static void shrink(Kernel& o, const Shrinking& by) { shrink_broadcast(o.shape, by); }
};
const RulesFor<nn::int8::Mul, OfMul<nn::int8::Mul>> rules;
using Float32Mul = nn::int8::MulOf<std::int8_t, nn::int8::Float32>;
const RulesFor<Float32Mul, OfMul<Float32Mul>> float32_rules;

}  // namespace

}  // namespace tools::importer
