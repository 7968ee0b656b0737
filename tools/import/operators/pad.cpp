// PAD and PADV2.
#include "nn/graph/pad.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

bool has_value(const Node& node) { return node.op.kind == "padv2"; }

void check(const Node& node) {
  const std::size_t inputs = has_value(node) ? 3 : 2;
  node.require_inputs(inputs, inputs);
  node.set_output_type({node.input().type});
  if (has_value(node)) node.require_type(2, {node.input().type});
  Shape y = node.input().shape;
  const std::vector<std::int64_t> padding = node.constant(1);
  if (padding.size() != 2 * y.size())
    node.refuse(text(node.input_label(1), " has the shape ", node.input(1).shape), text(y.size(), "x2, for the input ", y));
  for (std::size_t i = 0; i < padding.size(); ++i) {
    if (padding[i] < 0 || padding[i] > 1 << 28)
      node.refuse(text(node.input_label(1), " has the padding ", padding[i]), text("0 to ", 1 << 28));
    y[i / 2] = Node::extent(y[i / 2] + padding[i]);
  }
  node.set_output(y);
}

template <class Number>
void lower_numbers(Lowering& node) {
  require_same_quantization(node);
  nn::graph::Pad<Number> pad{};
  std::ranges::copy(in_front(node, node.input().shape), pad.input);
  std::ranges::copy(in_front(node, node.output().shape), pad.output);
  const std::vector<std::int64_t> padding = node.constant(1);
  const std::size_t missing = std::size(pad.before) - node.input().shape.size();
  for (std::size_t d = 0; d < node.input().shape.size(); ++d) pad.before[missing + d] = static_cast<std::int32_t>(padding[2 * d]);
  if (sizeof(Number) == 1 && !std::is_same_v<Number, bool>) pad.value = static_cast<Number>(zero(node.output()));
  if (has_value(node)) {
    node.require(node.input(2).data.size() == sizeof(Number), "has a value that is not one constant",
                 [&] { return text("one of ", name(node.input().type)); });
    pad.value = first_number<Number>(node.input(2));
  }
  node.apply(pad);
}

void lower(Lowering& node) {
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind pad{{.name = "pad", .types = computed_types, .check = check, .lower = lower}};
const OperatorKind padv2{{.name = "padv2", .types = computed_types, .check = check, .lower = lower}};

using Kernel = nn::graph::Pad<std::int8_t>;
struct OfPad {
  static constexpr std::size_t last = std::size(decltype(Kernel::input){}) - 1;
  static std::optional<Passage> passage(const Kernel& o, const Channels&) {
    return o.input[last] == o.output[last] ? std::optional{alike(o.input[last])} : std::nullopt;
  }
  static Interval interval(const Kernel& o, std::span<const Interval> x) { return hull(x[0], {o.value, o.value}); }
  static void shrink(Kernel& o, const Shrinking& by) {
    if (o.input[last] == o.output[last]) o.input[last] = o.output[last] = by.input(0, o.input[last]);
  }
};
const RulesFor<Kernel, OfPad> rules;

}  // namespace

}  // namespace tools::importer
