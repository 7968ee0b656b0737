// LOGISTIC: 1 / (1 + e^-x).
#include "tools/import/operators/curve.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/sigmoid.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;

// Of x in Q4; Q0.
std::int32_t logistic(std::int32_t x) {
  if (x == 0) return 1 << 30;
  const std::int32_t positive = saturated_shift(twice_reciprocal_of_one_plus(exp_of_negative<4>(x > 0 ? -x : x)), 1);
  return x > 0 ? positive : 0x7fffffff - positive;
}

void lower(Lowering& node) {
  if (node.input().type == Type::float32) return apply_curve(node, nn::float32::Curve::logistic);
  if (node.input().type == Type::int16)
    return node.apply(nn::int16::Logistic{node.count(), sigmoid_input(node, 0), node.keep(sigmoid_table())});
  apply_sigmoid_table(node, [](std::int32_t x) { return bounded(rounded_shift(logistic(x), 23) - 128); });
}

const OperatorKind kind{
    {.name = "logistic", .types = {Type::float32, Type::int8, Type::int16}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
