// TANH.
#include "tools/import/operators/curve.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/sigmoid.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;

// Of x in Q4; Q0. (1 - e^-2x) / (1 + e^-2x), where 2x in Q5 has the bits of x in Q4.
std::int32_t tanh_of(std::int32_t x) {
  if (x == 0) return 0;
  const std::int32_t positive = saturated_shift(twice_reciprocal_of_one_plus(exp_of_negative<5>(x > 0 ? -x : x)) - (1 << 29), 2);
  return x > 0 ? positive : -positive;
}

void lower(Lowering& node) {
  if (node.input().type == Type::float32) return apply_curve(node, nn::float32::Curve::tanh);
  if (node.input().type == Type::int16)
    return node.apply(nn::int16::Tanh{node.count(), sigmoid_input(node, 1), node.keep(sigmoid_table())});
  apply_sigmoid_table(node, [](std::int32_t x) { return bounded(rounded_shift(tanh_of(x), 24)); });
}

const OperatorKind kind{
    {.name = "tanh", .types = {Type::float32, Type::int8, Type::int16}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
