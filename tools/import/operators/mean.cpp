// MEAN and SUM.
#include <bit>

#include "nn/float32/pool_2d.hpp"
#include "nn/float32/reduce.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/mean.hpp"
#include "nn/int8/reduce.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/reduction.hpp"
#include "tools/import/operators/weights.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

template <class Code>
void lower_codes(Lowering& node) {
  const nn::graph::Reduction read = reduction(node);
  const std::int32_t count = read.count();
  require_sum(node, count);
  const std::int32_t bias = -zero(node.input()) * count;
  const Range range = whole_range(node.output());
  if (sizeof(Code) == 1 && node.model.rounding == Rounding::float32) {
    const float divisor = scale(node.output()) * static_cast<float>(node.op.kind == "mean" ? count : 1);
    const float by = scale(node.input()) / divisor;
    if (reduces_image(node))
      return node.apply(
          nn::int8::MeanOf<Code, nn::int8::Float32>{.window = reduced_image(node), .bias = bias, .scale = by, .range = range});
    return node.apply(nn::int8::ReduceOf<Code, nn::int8::Float32>{.reduction = read, .bias = bias, .scale = by, .range = range});
  }
  Scale to = fixed_scale(static_cast<double>(scale(node.input())) / static_cast<double>(scale(node.output())));
  if (node.op.kind == "mean") {
    const int whole = static_cast<int>(std::bit_width(static_cast<std::uint32_t>(count))) - 1;
    const int shift = std::min({whole, 32, 31 + to.shift});
    to = {static_cast<std::int32_t>((std::int64_t{to.multiplier} << shift) / count), to.shift - shift};
  }
  if (reduces_image(node))
    return node.apply(nn::int8::MeanOf<Code>{.window = reduced_image(node), .bias = bias, .scale = to, .range = range});
  node.apply(nn::int8::ReduceOf<Code>{.reduction = read, .bias = bias, .scale = to, .range = range});
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_codes<std::int8_t>(node);
  if (node.input().type == Type::int16) return lower_codes<std::int16_t>(node);
  if (!reduces_image(node)) return node.apply(nn::float32::Reduce{.reduction = reduction(node), .mean = node.op.kind == "mean"});
  const auto pooling = node.op.kind == "mean" ? nn::float32::Pooling::mean : nn::float32::Pooling::sum;
  node.apply(nn::float32::Pool2d{.window = reduced_image(node), .pooling = pooling, .limits = unlimited});
}

const OperatorKind mean{
    {.name = "mean", .types = {Type::float32, Type::int8, Type::int16}, .check = check_reduction, .lower = lower}};
const OperatorKind sum{
    {.name = "sum", .types = {Type::float32, Type::int8, Type::int16}, .check = check_reduction, .lower = lower}};

template <class Kernel>
struct OfMean {
  static std::optional<Passage> passage(const Kernel& o, const Channels&) { return alike(o.window.input.channels); }
  static Interval interval(const Kernel& o, std::span<const Interval> x) {
    const std::int64_t count = std::int64_t{o.window.kernel.height} * o.window.kernel.width;
    return requantized({o.bias + count * x[0].low, o.bias + count * x[0].high}, o.scale, o.range.zero);
  }
  static void shrink(Kernel& o, const Shrinking& by) {
    o.window.input.channels = o.window.output.channels = by.input(0, o.window.input.channels);
  }
};
const RulesFor<nn::int8::Mean, OfMean<nn::int8::Mean>> rules;
using Float32Mean = nn::int8::MeanOf<std::int8_t, nn::int8::Float32>;
const RulesFor<Float32Mean, OfMean<Float32Mean>> float32_rules;

}  // namespace

}  // namespace tools::importer
