// LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL and NOT_EQUAL.
#include "nn/graph/compare.hpp"
#include "nn/int8/compare.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

using nn::graph::Order;

void check(const Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {node.input().type});
  node.set_output_type({Type::boolean});
  node.set_output(broadcast_shape(node, node.input(0).shape, node.input(1).shape));
}

template <Order Which>
void lower(Lowering& node) {
  switch (node.input().type) {
    case Type::float32: return node.apply(nn::graph::Compare<float>{.shape = broadcast(node), .order = Which}, {0, 1});
    case Type::int32: return node.apply(nn::graph::Compare<std::int32_t>{.shape = broadcast(node), .order = Which}, {0, 1});
    case Type::boolean: return node.apply(nn::graph::Compare<bool>{.shape = broadcast(node), .order = Which}, {0, 1});
    default: break;
  }
  const Tensor &a = node.input(0), &b = node.input(1);
  node.require(scale(a) < 1 && scale(b) < 1, "compares codes of a scale of 1 or more", "scales below 1");
  node.apply(nn::int8::Compare{.shape = broadcast(node),
                               .a_zero = zero(a),
                               .b_zero = zero(b),
                               .a_scale = fixed_scale(static_cast<double>(scale(a))),
                               .b_scale = fixed_scale(static_cast<double>(scale(b))),
                               .order = Which},
             {0, 1});
}

const std::vector<Type> types{Type::float32, Type::int8, Type::int32};
const OperatorKind less{{.name = "less", .types = types, .check = check, .lower = lower<Order::less>}};
const OperatorKind less_equal{{.name = "less_equal", .types = types, .check = check, .lower = lower<Order::less_equal>}};
const OperatorKind greater{{.name = "greater", .types = types, .check = check, .lower = lower<Order::greater>}};
const OperatorKind greater_equal{{.name = "greater_equal", .types = types, .check = check, .lower = lower<Order::greater_equal>}};
const std::vector<Type> types_of_equal{Type::float32, Type::int8, Type::int32, Type::boolean};
const OperatorKind equal{{.name = "equal", .types = types_of_equal, .check = check, .lower = lower<Order::equal>}};
const OperatorKind not_equal{{.name = "not_equal", .types = types_of_equal, .check = check, .lower = lower<Order::not_equal>}};

}  // namespace

}  // namespace tools::importer
