// SVDF. Inputs: x [batch][inputs], weights in feature [filters][inputs] and in time [filters][memory], bias, the state.
#include "nn/float32/svdf.hpp"
#include "nn/int8/svdf.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/state.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(3, 5);
  for (std::size_t i = 0; i < 3; ++i) {
    node.require_rank(i, 2);
    node.require_one_scale(i);
  }
  node.set_output_type({node.input(0).type});
  const Shape &x = node.input(0).shape, &feature = node.input(1).shape, &time = node.input(2).shape;
  const int filters = feature[0], rank = node.size("rank");
  if (feature[1] != x[1] || time[0] != filters || filters % rank != 0)
    node.refuse(text("has the weights ", feature, " and ", time, " of rank ", rank),
                text("weights for the input ", x, ", and filters of that rank"));
  require_state(node, 4);
  if (element_count(node.input(4).shape) != element_count({x[0], filters, time[1]}))
    node.refuse(text(node.input_label(4), " has the shape ", node.input(4).shape),
                text(x[0], "x", std::int64_t{filters} * time[1]));
  const bool is_float = node.input(0).type == Type::float32;
  node.require_type(0, {Type::float32, Type::int8});
  node.require_type(1, {node.input(0).type});
  if (is_float) node.require_type(2, {Type::float32});
  else node.require_type(2, {Type::int8, Type::int16});
  node.require_type(4, {node.input(2).type});
  if (node.has_input(3)) {
    node.require_type(3, {is_float ? Type::float32 : Type::int32});
    if (element_count(node.input(3).shape) != filters / rank)
      node.refuse(text(node.input_label(3), " has the shape ", node.input(3).shape), text(filters / rank, ", its units"));
  }
  node.set_output({x[0], filters / rank});
}

// The quotients of scales are in float.
template <class Number>
void lower_codes(Lowering& node, std::int32_t units) {
  const Tensor &x = node.input(0), &feature = node.input(1), &time = node.input(2), &state = node.input(4);
  std::vector<std::int8_t> weight = weights(node, 1);
  require_weights(node, 2);
  std::vector<std::uint32_t> sum(static_cast<std::size_t>(feature.shape[0]), 0);
  subtract_zero(sum, weight, zero(x));
  std::vector<std::int32_t> bias(static_cast<std::size_t>(units), 0);
  if (node.has_input(3)) {
    node.require_constant(3, "biases");
    bias = numbers<std::int32_t>(node.input(3));
  }
  const std::int8_t* in_feature = node.keep(std::move(weight));
  const std::int32_t* projected = node.keep(std::vector<std::int32_t>{sum.begin(), sum.end()});
  const Number* in_time = node.keep(numbers<Number>(time));
  node.apply(nn::int8::Svdf<Number>{.batch = x.shape[0],
                                    .inputs = feature.shape[1],
                                    .units = units,
                                    .rank = node.size("rank"),
                                    .memory = time.shape[1],
                                    .feature = in_feature,
                                    .feature_bias = projected,
                                    .time = in_time,
                                    .bias = node.keep(std::move(bias)),
                                    .feature_scale = fixed_scale(static_cast<double>(scale(x) * scale(feature) / scale(state))),
                                    .scale = fixed_scale(static_cast<double>(scale(state) * scale(time) / scale(node.output()))),
                                    .state_zero = zero(state),
                                    .range = whole_range(node.output())});
}

void lower(Lowering& node) {
  const Shape& shape = node.input(1).shape;
  const std::int32_t units = shape[0] / node.size("rank");
  if (node.input(2).type == Type::int8) return lower_codes<std::int8_t>(node, units);
  if (node.input(2).type == Type::int16) return lower_codes<std::int16_t>(node, units);
  const float* feature = node.keep(float_weights(node, 1));
  const float* time = node.keep(float_weights(node, 2));
  const float* bias = float_biases(node, units, 3);
  node.apply(nn::float32::Svdf{.batch = node.input(0).shape[0],
                               .inputs = shape[1],
                               .units = units,
                               .rank = node.size("rank"),
                               .memory = node.input(2).shape[1],
                               .feature = feature,
                               .time = time,
                               .bias = bias,
                               .limits = limits(node.activation())});
}

const OperatorKind svdf{{.name = "svdf", .types = {Type::float32, Type::int8}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
