// CONV_2D. Weights [outputs][height][width][channels].
#include "nn/float32/conv_2d.hpp"
#include "nn/float32/grouped_conv_2d.hpp"
#include "nn/int16/conv_2d.hpp"
#include "nn/int8/conv_2d.hpp"
#include "nn/int8/grouped_conv_2d.hpp"
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
  const int groups = x[3] / w[3];
  if (x[3] % w[3] != 0 || w[0] % groups != 0)
    node.refuse(text(node.input_label(1), " has the shape ", w),
                text("weights for ", x[3], " input channels, or for equal groups of them"));
  check_weights(node, w[0], 0);
  node.set_output(window_output(node, x, w[1], w[2], w[0]));
}

void lower_int8(Lowering& node, const nn::graph::Window& read) {
  const Shape& shape = node.input(1).shape;
  std::vector<std::int8_t> weight = weights(node, 1);
  const std::size_t outputs = static_cast<std::size_t>(shape[0]), depth = weight.size() / outputs;
  const Folded o = folded(node, std::move(weight), outputs, [depth](std::size_t i) { return i / depth; });
  const std::int8_t padding = static_cast<std::int8_t>(zero(node.input()));
  const std::int32_t groups = read.input.channels / shape[3];
  with_rounding(node, [&]<class By>(By) {
    if (groups > 1)
      node.apply(nn::int8::GroupedConv2dOf<By>{.window = read,
                                               .groups = groups,
                                               .zero = padding,
                                               .weight = o.weight,
                                               .bias = o.bias,
                                               .scale = o.scale,
                                               .scale_step = o.scale_step,
                                               .range = output_range(node),
                                               .simple = o.simple});
    else
      node.apply(nn::int8::Conv2dOf<By>{.window = read, .zero = padding, .weight = o.weight, .bias = o.bias, .scale = o.scale,
                                        .scale_step = o.scale_step, .range = output_range(node), .simple = o.simple});
  });
}

void lower(Lowering& node) {
  const Shape& shape = node.input(1).shape;
  const nn::graph::Window read = window(node, shape[1], shape[2]);
  if (node.input().type == Type::int8) return lower_int8(node, read);
  const std::int32_t groups = read.input.channels / shape[3];
  if (node.input().type == Type::float32 && groups > 1) {
    const float* weight = node.keep(float_weights(node));
    const float* bias = float_biases(node, shape[0]);
    return node.apply(nn::float32::GroupedConv2d{
        .window = read, .groups = groups, .weight = weight, .bias = bias, .limits = limits(node.activation())});
  }
  require_one_group(node);
  if (node.input().type == Type::int16) {
    const std::int8_t* weight = node.keep(weights(node, 1));
    return node.apply(nn::int16::Conv2d{
        .window = read, .weight = weight, .output = int16_output(node, shape[0], has_bias_of(node, Type::int64))});
  }
  const float* weight = node.keep(float_weights(node));
  const float* bias = float_biases(node, shape[0]);
  node.apply(nn::float32::Conv2d{.window = read, .weight = weight, .bias = bias, .limits = limits(node.activation())});
}

const OperatorKind conv_2d{
    {.name = "conv_2d", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

template <class By>
struct OfConv2d {
  static Rows rows(const nn::int8::Conv2dOf<By>& o) {
    return {o.window, o.window.output.channels, o.window.input.channels, 0, o.zero, o.weight, o.bias, o.scale, o.scale_step,
            o.range};
  }
  static void set_rows(nn::int8::Conv2dOf<By>& o, const Rows& rest, bool simple) {
    o.window = rest.window;
    set_weights(o, rest, simple);
  }
};
const RulesFor<nn::int8::Conv2d, OfConv2d<nn::int8::Reference>> rules;
const RulesFor<nn::int8::Conv2dOf<nn::int8::Float32>, OfConv2d<nn::int8::Float32>> float32_rules;

}  // namespace

}  // namespace tools::importer
