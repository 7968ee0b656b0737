// ADD and SUB.
#include <cmath>

#include "nn/float32/arithmetic.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/add.hpp"
#include "nn/int8/add_half_up.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int32.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

// SUB's quotients of scales are in float.
template <class Code>
void lower_codes(Lowering& node, bool subtracts) {
  using Kernel = nn::int8::AddOf<Code>;
  const float a = scale(node.input(0)), b = scale(node.input(1)), y = scale(node.output());
  Kernel sum{.shape = broadcast(node), .sign = subtracts ? -1 : 1, .a_zero = zero(node.input(0)), .b_zero = zero(node.input(1)),
             .a_scale = {}, .b_scale = {}, .scale = {}, .range = output_range(node)};
  if (subtracts) {
    const float twice = 2 * std::max(a, b);
    sum.a_scale = fixed_scale(static_cast<double>(a / twice));
    sum.b_scale = fixed_scale(static_cast<double>(b / twice));
    sum.scale = fixed_scale(static_cast<double>(twice / ((1 << Kernel::more_bits) * y)));
  } else {
    const double twice = 2 * static_cast<double>(std::max(a, b));
    sum.a_scale = fixed_scale(static_cast<double>(a) / twice);
    sum.b_scale = fixed_scale(static_cast<double>(b) / twice);
    sum.scale = fixed_scale(twice / ((1 << Kernel::more_bits) * static_cast<double>(y)));
  }
  node.apply(sum, {0, 1});
}

// Multipliers have 20 bits behind the first of the larger.
void lower_half_up(Lowering& node, bool subtracts) {
  const float a = scale(node.input(0)) / scale(node.output()), b = scale(node.input(1)) / scale(node.output());
  const int shift = 20 - std::ilogb(std::max(a, b));
  if (shift < 1 || shift > 30)
    node.refuse(text("has scales that differ by ", std::max(a, b)), "a factor of 2^-10 to 2^19");
  nn::int8::AddHalfUp sum{.shape = broadcast(node),
                          .a_multiplier = static_cast<std::int32_t>(std::nearbyint(std::ldexp(a, shift))),
                          .b_multiplier = static_cast<std::int32_t>(std::nearbyint(std::ldexp(b, shift))),
                          .bias = 1 << (shift - 1),
                          .shift = shift,
                          .range = output_range(node)};
  if (subtracts) sum.b_multiplier = -sum.b_multiplier;
  sum.bias -= sum.a_multiplier * zero(node.input(0)) + sum.b_multiplier * zero(node.input(1));
  node.apply(sum, {0, 1});
}

void lower(Lowering& node) {
  const bool subtracts = node.op.kind == "sub";
  if (node.input().type == Type::int8 && node.model.rounding == Rounding::float32) return lower_half_up(node, subtracts);
  if (node.input().type == Type::int8) return lower_codes<std::int8_t>(node, subtracts);
  if (node.input().type == Type::int16) return lower_codes<std::int16_t>(node, subtracts);
  const auto combination = subtracts ? nn::graph::Combination::difference : nn::graph::Combination::sum;
  if (node.input().type == Type::int32) return apply_int32(node, combination);
  node.apply(nn::float32::Arithmetic{.shape = broadcast(node), .combination = combination, .limits = limits(node.activation())},
             {0, 1});
}

const OperatorKind add{
    {.name = "add", .types = {Type::float32, Type::int8, Type::int16, Type::int32}, .check = check_broadcast, .lower = lower}};
const OperatorKind sub{
    {.name = "sub", .types = {Type::float32, Type::int8, Type::int16, Type::int32}, .check = check_broadcast, .lower = lower}};

struct OfAdd {
  static std::optional<Passage> passage(const nn::int8::Add& o, const Channels& channels) {
    return broadcast_passage(o.shape, channels);
  }
  static Interval interval(const nn::int8::Add& o, std::span<const Interval> x) {
    const auto scaled = [](const Interval& code, std::int32_t zero, Scale scale) {
      return requantized({std::int64_t{code.low - zero} << 20, std::int64_t{code.high - zero} << 20}, scale, 0);
    };
    const Interval left = scaled(x[0], o.a_zero, o.a_scale);
    const Interval right = scaled(x[1], o.b_zero, o.b_scale);
    if (left == anything || right == anything) return anything;
    Sum both{left.low, left.high};
    both.add(std::int64_t{o.sign} * right.low, std::int64_t{o.sign} * right.high);
    return requantized(both, o.scale, o.range.zero);
  }
  static void shrink(nn::int8::Add& o, const Shrinking& by) { shrink_broadcast(o.shape, by); }
};
const RulesFor<nn::int8::Add, OfAdd> rules;

struct OfAddHalfUp {
  static std::optional<Passage> passage(const nn::int8::AddHalfUp& o, const Channels& channels) {
    return broadcast_passage(o.shape, channels);
  }
  static Interval interval(const nn::int8::AddHalfUp& o, std::span<const Interval> x) {
    Sum sum{o.bias, o.bias};
    sum.add(std::int64_t{o.a_multiplier} * x[0].low, std::int64_t{o.a_multiplier} * x[0].high);
    sum.add(std::int64_t{o.b_multiplier} * x[1].low, std::int64_t{o.b_multiplier} * x[1].high);
    const auto end = [&](std::int64_t of) { return static_cast<std::int32_t>((of >> o.shift) + o.range.zero); };
    return {end(sum.low), end(sum.high)};
  }
  static void shrink(nn::int8::AddHalfUp& o, const Shrinking& by) { shrink_broadcast(o.shape, by); }
};
const RulesFor<nn::int8::AddHalfUp, OfAddHalfUp> half_up_rules;

}  // namespace

}  // namespace tools::importer
