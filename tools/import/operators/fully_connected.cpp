// FULLY_CONNECTED. Weights [outputs][inputs].
#include "nn/float32/fully_connected.hpp"
#include "nn/int16/fully_connected.hpp"
#include "nn/int8/fully_connected.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int16_output.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(2, 3);
  node.require_rank(1, 2);
  const Shape &x = node.input(0).shape, &w = node.input(1).shape;
  const bool keep = node.flag("keep_num_dims");
  const std::int64_t elements = element_count(x);
  if (elements % w[1] != 0 || (keep && (x.empty() || x.back() != w[1])))
    node.refuse(text(node.input_label(1), " has the shape ", w), text("weights for the input ", x));
  if (node.whole("weights_format") != 0) node.refuse("its weights are stored shuffled", "weights in order");
  check_weights(node, w[0], 0);
  Shape y{Node::extent(elements / w[1]), w[0]};
  if (keep) {
    y = x;
    y.back() = w[0];
  }
  // Rows may stand in any shape.
  const Shape& made = node.output().shape;
  const bool same_rows =
      !keep && node.output().shaped && !made.empty() && made.back() == w[0] && element_count(made) == element_count(y);
  node.set_output(same_rows ? made : y);
}

void lower(Lowering& node) {
  const Shape& shape = node.input(1).shape;
  const std::int32_t rows = node.count() / shape[1];
  const std::size_t depth = static_cast<std::size_t>(shape[1]);
  if (node.input().type == Type::int8) {
    const Folded o = folded(
        node, weights(node, 1), static_cast<std::size_t>(shape[0]), [depth](std::size_t i) { return i / depth; }, {}, 1, true);
    return with_rounding(node, [&]<class By>(By) {
      node.apply(nn::int8::FullyConnectedOf<By>{.rows = rows,
                                                .inputs = shape[1],
                                                .outputs = shape[0],
                                                .weight = o.weight,
                                                .bias = o.bias,
                                                .scale = o.scale,
                                                .scale_step = o.scale_step,
                                                .range = output_range(node),
                                                .simple = o.simple});
    });
  }
  if (node.input().type == Type::int16) {
    const std::int8_t* weight = node.keep(weights(node, 1));
    return node.apply(
        nn::int16::FullyConnected{.rows = rows,
                                  .inputs = shape[1],
                                  .outputs = shape[0],
                                  .weight = weight,
                                  .output = int16_output(node, shape[0], has_bias_of(node, Type::int64), {}, true)});
  }
  const float* weight = node.keep(float_weights(node));
  const float* bias = float_biases(node, shape[0]);
  node.apply(nn::float32::FullyConnected{.rows = rows, .inputs = shape[1], .outputs = shape[0], .weight = weight, .bias = bias,
                                         .limits = limits(node.activation())});
}

const OperatorKind fully_connected{
    {.name = "fully_connected", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

template <class By>
struct OfFullyConnected {
  using Kernel = nn::int8::FullyConnectedOf<By>;

  static Rows rows(const Kernel& o) {
    return {nn::graph::Window{.input = {1, 1, o.inputs}, .output = {1, 1, o.outputs}},
            o.outputs,
            o.inputs,
            0,
            0,
            o.weight,
            o.bias,
            o.scale,
            o.scale_step,
            o.range};
  }
  static void set_rows(Kernel& o, const Rows& rest, bool simple) {
    o.inputs = rest.reads;
    o.outputs = rest.outputs;
    set_weights(o, rest, simple);
  }
};
const RulesFor<nn::int8::FullyConnected, OfFullyConnected<nn::int8::Reference>> rules;
const RulesFor<nn::int8::FullyConnectedOf<nn::int8::Float32>, OfFullyConnected<nn::int8::Float32>> float32_rules;

}  // namespace

}  // namespace tools::importer
