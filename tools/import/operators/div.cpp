// DIV.
#include "nn/float32/arithmetic.hpp"
#include "nn/int8/divide.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int32.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void lower_int8(Lowering& node) {
  const Tensor &a = node.input(0), &b = node.input(1), &y = node.output();
  const Scale of_quotients = fixed_scale(static_cast<double>(scale(a) / (scale(b) * scale(y))));
  node.require(of_quotients.shift <= 23, "has an output of a very small scale",
               "a scale of at least 2^-23 of the quotient of its inputs'");
  node.apply(
      nn::int8::Divide{
          .shape = broadcast(node), .a_zero = zero(a), .b_zero = zero(b), .scale = of_quotients, .range = output_range(node)},
      {0, 1});
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_int8(node);
  if (node.input().type == Type::int32) return apply_int32(node, nn::graph::Combination::quotient);
  node.apply(
      nn::float32::Arithmetic{
          .shape = broadcast(node), .combination = nn::graph::Combination::quotient, .limits = limits(node.activation())},
      {0, 1});
}

const OperatorKind div{
    {.name = "div", .types = {Type::float32, Type::int8, Type::int32}, .check = check_broadcast, .lower = lower}};

}  // namespace

}  // namespace tools::importer
