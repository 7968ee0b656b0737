// TRANSPOSE_CONV: the convolution of its output has the shape of its input. Inputs: the output's shape, weights [outputs][height]
// [width][channels], images, biases.
#include "nn/float32/transpose_conv_2d.hpp"
#include "nn/int16/transpose_conv_2d.hpp"
#include "nn/int8/transpose_conv_2d.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int16_output.hpp"
#include "tools/import/operators/phases.hpp"
#include "tools/import/operators/weights.hpp"
#include "tools/import/operators/windows.hpp"

namespace tools::importer {

namespace {

constexpr Weighted inputs{.x = 2, .weight = 1, .bias = 3};

void check(const Node& node) {
  node.require_inputs(3, 4);
  node.require_rank(1, 4);
  node.require_rank(2, 4);
  const std::vector<std::int64_t> asked = node.constant(0);
  Shape wanted;
  for (std::int64_t extent : asked) wanted.push_back(Node::extent(extent));
  if (!node.output().shaped) node.set_output(wanted);
  const Shape &w = node.input(1).shape, &x = node.input(2).shape, &y = node.output().shape;
  if (wanted != y) node.refuse(text("has an output of ", y), text("the shape that ", node.input_label(0), " asks for"));
  if (y.size() != 4 || y[0] != x[0] || y[3] != w[0] || x[3] != w[3])
    node.refuse(text("makes ", y, " of ", x), text("one batch and the channels of the weights ", w));
  check_weights(node, w[0], 0, inputs);
  const Shape windows = window_output(node, y, w[1], w[2], x[3]);
  if (windows != x) node.refuse(text("makes ", y, " of ", x), text(y, " of ", windows, ", as follows from its attributes"));
}

nn::graph::TransposeWindow transpose_window(const Node& node) {
  const Shape& w = node.input(1).shape;
  const Moves by = moves(node);
  nn::graph::TransposeWindow window{
      .batch = node.input(2).shape[0], .input = image(node, node.input(2)), .output = image(node, node.output())};
  window.kernel = {w[1], w[2]};
  window.stride = {by.stride_h, by.stride_w};
  if (std::int64_t{by.stride_h} * by.stride_w > most_phases)
    node.refuse(text("has the strides ", by.stride_h, " and ", by.stride_w), text("a product of at most ", most_phases));
  window.before = padding_before(node, node.output().shape, node.input(2).shape, w[1], w[2]);
  return window;
}

void lower(Lowering& node) {
  const nn::graph::TransposeWindow read = transpose_window(node);
  const std::int32_t outputs = read.output.channels;
  if (node.input(2).type == Type::float32) {
    const float* weight = node.keep(in_phases(read, float_weights(node)));
    const float* bias = float_biases(node, outputs, inputs.bias);
    return node.apply(
        nn::float32::TransposeConv2d{.window = read, .weight = weight, .bias = bias, .limits = limits(node.activation())}, {2});
  }
  if (node.input(2).type == Type::int16) {
    const std::int8_t* weight = node.keep(in_phases(read, weights(node, 1)));
    return node.apply(
        nn::int16::TransposeConv2d{.window = read, .weight = weight, .output = int16_output(node, outputs, true, inputs, false)},
        {2});
  }
  const std::vector<std::size_t> owners = owners_in_phases(read);
  const Folded o = folded(
      node, in_phases(read, weights(node, 1)), static_cast<std::size_t>(outputs), [&owners](std::size_t i) { return owners[i]; },
      inputs, static_cast<std::size_t>(read.phases()));
  with_rounding(node, [&]<class By>(By) {
    node.apply(nn::int8::TransposeConv2dOf<By>{.window = read,
                                               .zero = static_cast<std::int8_t>(zero(node.input(2))),
                                               .weight = o.weight,
                                               .bias = o.bias,
                                               .scale = o.scale,
                                               .scale_step = o.scale_step,
                                               .range = output_range(node),
                                               .simple = o.simple},
               {2});
  });
}

const OperatorKind transpose_conv{
    {.name = "transpose_conv", .types = {Type::float32, Type::int8, Type::int16}, .main = 2, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
