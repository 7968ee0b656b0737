// CONCATENATION.
#include <numeric>

#include "nn/graph/concatenation.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/rules.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, std::max<std::size_t>(1, node.op.inputs.size()));
  Shape y = node.input(0).shape;
  const std::size_t axis = node.axis(node.whole("axis"), y.size());
  node.set_output_type({node.input(0).type});
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < node.op.inputs.size(); ++i) {
    if (!node.has_input(i)) node.refuse(text("lacks its input ", i), "a tensor");
    node.require_type(i, {node.output().type});
    node.require_one_scale(i);
    node.require_rank(i, y.size());
    sum += node.input(i).shape[axis];
    y[axis] = node.input(i).shape[axis];
    if (node.input(i).shape != y)
      node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape),
                  text(y, ", like the first, but for dimension ", axis));
  }
  y[axis] = Node::extent(sum);
  node.set_output(y);
}

template <class Number>
void lower_numbers(Lowering& node) {
  const std::size_t axis = node.axis(node.whole("axis"), node.output().shape.size());
  std::int32_t repeats = 1;
  for (std::size_t d = 0; d < axis; ++d) repeats *= node.output().shape[d];
  std::vector<std::int32_t> part;
  std::vector<std::size_t> inputs(node.op.inputs.size());
  std::iota(inputs.begin(), inputs.end(), std::size_t{0});
  for (std::size_t i : inputs) {
    const Tensor &x = node.input(i), &y = node.output();
    if (!x.quantization.scale.empty() && !y.quantization.scale.empty())
      node.require(scale(x) == scale(y) && zero(x) == zero(y), "has inputs of several scales", "one scale and zero point");
    part.push_back(node.count(i) / repeats);
  }
  node.require(node.activation() == Activation::none, "has a fused activation", "none");
  node.apply(
      nn::graph::Concatenation<Number>{
          .repeats = repeats, .inputs = static_cast<std::int32_t>(part.size()), .part = node.keep(part)},
      inputs);
}

void lower(Lowering& node) {
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind concatenation{
    {.name = "concatenation", .types = computed_types, .check = check, .lower = lower}};

using Kernel = nn::graph::Concatenation<std::int8_t>;
struct OfConcatenation {
  // Along the channels, the parts stand side by side; along another dimension, all have the same channels.
  static std::optional<Passage> passage(const Kernel& o, const Channels& channels) {
    bool side_by_side = true;
    bool same = true;
    for (std::size_t i = 0; i < channels.size(); ++i) {
      side_by_side = side_by_side && o.part[i] == channels[i];
      same = same && channels[i] == channels[0] && o.part[i] % channels[0] == 0;
    }
    if (same && !side_by_side)
      return Passage{channels[0], 1, std::vector<Passage::Part>(channels.size(), {channels[0], 0, true})};
    Passage all{0, 1, {}};
    for (std::size_t i = 0; i < channels.size(); ++i) {
      all.parts.push_back({o.part[i], all.channels, true});
      all.channels += o.part[i];
    }
    return all;
  }
  static Interval interval(const Kernel&, std::span<const Interval> x) {
    Interval all = x[0];
    for (const Interval& other : x) all = hull(all, other);
    return all;
  }
  static void shrink(Kernel& o, const Shrinking& by) {
    std::vector<std::int32_t> part;
    for (std::int32_t i = 0; i < o.inputs; ++i) part.push_back(by.input(static_cast<std::size_t>(i), o.part[i]));
    o.part = by.keep(std::move(part));
  }
};
const RulesFor<Kernel, OfConcatenation> rules;

}  // namespace

}  // namespace tools::importer
