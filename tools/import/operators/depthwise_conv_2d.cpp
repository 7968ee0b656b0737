// DEPTHWISE_CONV_2D. Weights [1][height][width][outputs].
#include "nn/float32/depthwise_conv_2d.hpp"
#include "nn/int16/depthwise_conv_2d.hpp"
#include "nn/int8/depthwise_conv_2d.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int16_output.hpp"
#include "tools/import/operators/windows.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(2, 3);
  node.require_rank(0, 4);
  node.require_rank(1, 4);
  const Shape &x = node.input(0).shape, &w = node.input(1).shape;
  if (w[0] != 1 || w[3] % x[3] != 0)
    node.refuse(text(node.input_label(1), " has the shape ", w), text("1, height, width, a multiple of ", x[3], ", the input channels"));
  // The file may leave it out: 0.
  const std::int64_t stated = node.whole("depth_multiplier"), multiplier = w[3] / x[3];
  if (stated != 0 && stated != multiplier) node.refuse(text("has the depth multiplier ", stated), text(multiplier, ", as its weights have"));
  check_weights(node, w[3], 3);
  node.set_output(window_output(node, x, w[1], w[2], w[3]));
}

void lower(Lowering& node) {
  const Shape& shape = node.input(1).shape;
  const nn::graph::Window read = window(node, shape[1], shape[2]);
  const std::int32_t multiplier = shape[3] / read.input.channels;
  const std::size_t outputs = static_cast<std::size_t>(shape[3]);
  if (node.input().type == Type::int8) {
    const Folded o = folded(node, weights(node, 1), outputs, [outputs](std::size_t i) { return i % outputs; });
    return node.apply(nn::int8::DepthwiseConv2d{.window = read, .multiplier = multiplier, .zero = static_cast<std::int8_t>(zero(node.input())),
                                                .weight = o.weight, .bias = o.bias, .scale = o.scale, .scale_step = o.scale_step,
                                                .range = output_range(node), .simple = o.simple});
  }
  if (node.input().type == Type::int16) {  // always wide
    node.require(!has_bias_of(node, Type::int32), "has biases of int32", "int64");
    const std::int8_t* weight = node.keep(weights(node, 1));
    return node.apply(nn::int16::DepthwiseConv2d{.window = read, .multiplier = multiplier, .weight = weight, .output = int16_output(node, shape[3], true)});
  }
  const float* weight = node.keep(float_weights(node));
  const float* bias = float_biases(node, shape[3]);
  node.apply(nn::float32::DepthwiseConv2d{.window = read, .multiplier = multiplier, .weight = weight, .bias = bias, .limits = limits(node.activation())});
}

const OperatorKind depthwise_conv_2d{
    {.name = "depthwise_conv_2d", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

using Kernel = nn::int8::DepthwiseConv2d;
struct OfDepthwiseConv2d {
  static std::optional<Passage> passage(const Kernel& o, const Channels&) {
    return Passage{o.window.output.channels, o.multiplier, {{o.window.input.channels, 0, true}}};
  }
  static Rows rows(const Kernel& o) {
    return {o.window, o.window.output.channels, 1, o.multiplier, o.zero, o.weight, o.bias, o.scale, o.scale_step, o.range};
  }
  static void set_rows(Kernel& o, const Rows& rest, bool simple) {
    o.window = rest.window;
    o.weight = rest.weight;
    o.bias = rest.bias;
    o.scale = rest.scale;
    o.simple = simple;
  }
};
const RulesFor<Kernel, OfDepthwiseConv2d> rules;

}  // namespace

}  // namespace tools::importer
