// DEPTHWISE_CONV_2D. Weights [1][height][width][outputs].
#include "nn/float32/depthwise_conv_2d.hpp"
#include "nn/int16/depthwise_conv_2d.hpp"
#include "nn/int8/depthwise_conv_2d.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int16_output.hpp"
#include "tools/import/operators/windows.hpp"
#include "tools/import/rules.hpp"
#include "tools/import/view.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(2, 3);
  node.require_rank(0, 4);
  node.require_rank(1, 4);
  const Shape &x = node.input(0).shape, &w = node.input(1).shape;
  if (w[0] != 1 || w[3] % x[3] != 0)
    node.refuse(text(node.input_label(1), " has the shape ", w),
                text("1, height, width, a multiple of ", x[3], ", the input channels"));
  // The file may leave it out: 0.
  const std::int64_t stated = node.whole("depth_multiplier"), multiplier = w[3] / x[3];
  if (stated != 0 && stated != multiplier)
    node.refuse(text("has the depth multiplier ", stated), text(multiplier, ", as its weights have"));
  check_weights(node, w[3], 3);
  node.set_output(window_output(node, x, w[1], w[2], w[3]));
}

// The input where it lies: rows and columns of a larger image, or some of its channels, which the kernel on int8 can leave out.
struct Place {
  int tensor;
  nn::graph::Window window;
  std::int32_t first = 0;  // channel
};
Place place(const Lowering& node) {
  const Shape &w = node.input(1).shape, &x = node.input().shape;
  const Place apart{node.op.inputs[0], window(node, w[1], w[2])};
  if (node.building.manner == Manner::apart || apart.window.padded()) return apart;
  const View seen = view(node.model, node.op.inputs[0]);
  const Shape& whole = node.model.tensor(seen.tensor).shape;
  const bool fits = seen.begin[0] == 0 && whole[0] == x[0] && (whole[3] == x[3] || node.input().type == Type::int8) &&
                    node.model.tensor(seen.tensor).quantization == node.input().quantization;
  if (!fits) return apart;
  Place found{seen.tensor, apart.window, seen.begin[3]};
  found.window.input = {whole[1], whole[2], whole[3]};
  found.window.before = {-seen.begin[1], -seen.begin[2]};
  return found;
}

void lower(Lowering& node) {
  const Shape& shape = node.input(1).shape;
  const Place from = place(node);
  const std::int32_t multiplier = shape[3] / node.input().shape[3];
  const std::size_t outputs = static_cast<std::size_t>(shape[3]);
  if (node.input().type == Type::int8) {
    const Folded o = folded(node, weights(node, 1), outputs, [outputs](std::size_t i) { return i % outputs; });
    return with_rounding(node, [&]<class By>(By) {
      node.apply_to({from.tensor}, nn::int8::DepthwiseConv2dOf<By>{.window = from.window,
                                                                   .multiplier = multiplier,
                                                                   .zero = static_cast<std::int8_t>(zero(node.input())),
                                                                   .weight = o.weight,
                                                                   .bias = o.bias,
                                                                   .scale = o.scale,
                                                                   .scale_step = o.scale_step,
                                                                   .range = output_range(node),
                                                                   .simple = o.simple,
                                                                   .first = from.first});
    });
  }
  if (node.input().type == Type::int16) {  // always wide
    node.require(!has_bias_of(node, Type::int32), "has biases of int32", "int64");
    const std::int8_t* weight = node.keep(weights(node, 1));
    return node.apply_to(
        {from.tensor}, nn::int16::DepthwiseConv2d{.window = from.window,
                                                  .multiplier = multiplier,
                                                  .weight = weight,
                                                  .output = int16_output(node, shape[3], true)});
  }
  const float* weight = node.keep(float_weights(node));
  const float* bias = float_biases(node, shape[3]);
  node.apply_to(
      {from.tensor}, nn::float32::DepthwiseConv2d{.window = from.window,
                                                  .multiplier = multiplier,
                                                  .weight = weight,
                                                  .bias = bias,
                                                  .limits = limits(node.activation())});
}

const OperatorKind depthwise_conv_2d{
    {.name = "depthwise_conv_2d", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

template <class By>
struct OfDepthwiseConv2d {
  using Kernel = nn::int8::DepthwiseConv2dOf<By>;

  static std::optional<Passage> passage(const Kernel& o, const Channels&) {
    if (o.window.input.channels * o.multiplier != o.window.output.channels) return std::nullopt;
    return Passage{o.window.output.channels, o.multiplier, {{o.window.input.channels, 0, true}}};
  }
  static Rows rows(const Kernel& o) {
    return {o.window, o.window.output.channels, 1, o.multiplier, o.zero, o.weight, o.bias, o.scale, o.scale_step, o.range,
            o.first};
  }
  static void set_rows(Kernel& o, const Rows& rest, bool simple) {
    o.window = rest.window;
    set_weights(o, rest, simple);
  }
};
const RulesFor<nn::int8::DepthwiseConv2d, OfDepthwiseConv2d<nn::int8::Reference>> rules;
const RulesFor<nn::int8::DepthwiseConv2dOf<nn::int8::Float32>, OfDepthwiseConv2d<nn::int8::Float32>> float32_rules;

}  // namespace

}  // namespace tools::importer
