// AVERAGE_POOL_2D and MAX_POOL_2D.
#include "nn/float32/pool_2d.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/average_pool_2d.hpp"
#include "nn/int8/max_pool_2d.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/weights.hpp"
#include "tools/import/operators/windows.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.require_rank(0, 4);
  node.set_output_type({node.input().type});
  node.set_output(window_output(node, node.input().shape, node.size("filter_h"), node.size("filter_w"), node.input().shape[3]));
}

void lower(Lowering& node) {
  const bool averages = node.op.kind == "average_pool_2d";
  require_same_quantization(node);
  const nn::graph::Window read = window(node, node.size("filter_h"), node.size("filter_w"));
  if (node.input().type == Type::float32)
    return node.apply(nn::float32::Pool2d{.window = read,
                                          .pooling = averages ? nn::float32::Pooling::mean : nn::float32::Pooling::largest,
                                          .limits = limits(node.activation())});
  if (averages)
    require_sum(node,
                std::int64_t{std::min(read.kernel.height, read.input.height)} * std::min(read.kernel.width, read.input.width));
  const bool narrow = node.input().type == Type::int8;
  if (averages && narrow) return node.apply(nn::int8::AveragePool2d{.window = read, .range = output_range(node)});
  if (averages) return node.apply(nn::int16::AveragePool2d{.window = read, .range = output_range(node)});
  if (narrow) return node.apply(nn::int8::MaxPool2d{.window = read, .range = output_range(node)});
  node.apply(nn::int16::MaxPool2d{.window = read, .range = output_range(node)});
}

const OperatorKind average{
    {.name = "average_pool_2d", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};
const OperatorKind largest{
    {.name = "max_pool_2d", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

template <class Kernel>
struct OfPool {
  static std::optional<Passage> passage(const Kernel& o, const Channels&) { return alike(o.window.input.channels); }
  static Interval interval(const Kernel&, std::span<const Interval> x) { return x[0]; }
  static void shrink(Kernel& o, const Shrinking& by) {
    o.window.input.channels = o.window.output.channels = by.input(0, o.window.input.channels);
  }
};
const RulesFor<nn::int8::AveragePool2d, OfPool<nn::int8::AveragePool2d>> average_rules;
const RulesFor<nn::int8::MaxPool2d, OfPool<nn::int8::MaxPool2d>> largest_rules;

}  // namespace

}  // namespace tools::importer
