// SUMS_2D: a convolution on codes whose output are its sums. Inputs: images, weights [outputs][height][width][channels of a
// group], the images' zero point, and perhaps those of the weights, one for each output.
#include "nn/int8/sums_2d.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/windows.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(3, 4);
  node.require_rank(0, 4);
  node.require_rank(1, 4);
  for (std::size_t i = 0; i < node.op.inputs.size(); ++i) node.require_type(i, {Type::int8});
  const Shape &x = node.input(0).shape, &w = node.input(1).shape;
  const int groups = x[3] / w[3];
  if (x[3] % w[3] != 0 || w[0] % groups != 0)
    node.refuse(text(node.input_label(1), " has the shape ", w),
                text("weights for ", x[3], " channels, or for equal groups of them"));
  for (std::size_t i = 2; i < node.op.inputs.size(); ++i)
    if (element_count(node.input(i).shape) != (i == 2 ? 1 : w[0]))
      node.refuse(text(node.input_label(i), " has the shape ", node.input(i).shape),
                  i == 2 ? text("one zero point") : text(w[0]));
  node.set_output_type({Type::int32});
  node.set_output(window_output(node, x, w[1], w[2], w[0]));
}

void lower(Lowering& node) {
  node.require_constant(1, "weights");
  const Shape& shape = node.input(1).shape;
  const std::vector<std::int8_t> weight = numbers<std::int8_t>(node.input(1));
  const std::size_t depth = weight.size() / static_cast<std::size_t>(shape[0]);
  node.require(depth <= 1 << 14, "adds up more than 2^14 products", "fewer, whose sum has 32 bits");
  std::vector<std::int32_t> sums(static_cast<std::size_t>(shape[0]), 0);
  for (std::size_t i = 0; i < weight.size(); ++i) sums[i / depth] += weight[i];
  nn::int8::Sums2d lowered{.window = window(node, shape[1], shape[2]),
                           .groups = node.input(0).shape[3] / shape[3],
                           .weight = node.keep(weight),
                           .weight_sum = node.keep(std::move(sums)),
                           .weight_zero = nullptr};
  if (node.has_input(3)) {
    node.require_constant(3, "zero points");
    lowered.weight_zero = node.keep(numbers<std::int8_t>(node.input(3)));
  }
  node.apply(lowered, {0, 2});
}

const OperatorKind kind{{.name = "sums_2d", .types = {Type::int8}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
