// SQUARED_DIFFERENCE.
#include "nn/float32/arithmetic.hpp"
#include "nn/int8/squared_difference.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/int32.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

template <class Code>
void lower_codes(Lowering& node) {
  using Kernel = nn::int8::SquaredDifferenceOf<Code>;
  const Tensor &a = node.input(0), &b = node.input(1), &y = node.output();
  const double twice = 2 * static_cast<double>(std::max(scale(a), scale(b)));
  const float fine = static_cast<float>(1 << (2 * Kernel::more_bits)) * scale(y);
  node.apply(Kernel{.shape = broadcast(node),
                    .a_zero = zero(a),
                    .b_zero = zero(b),
                    .a_scale = fixed_scale(static_cast<double>(scale(a)) / twice),
                    .b_scale = fixed_scale(static_cast<double>(scale(b)) / twice),
                    .scale = fixed_scale(twice * twice / static_cast<double>(fine)),
                    .range = whole_range(y)},
             {0, 1});
}

void lower(Lowering& node) {
  if (node.input().type == Type::int8) return lower_codes<std::int8_t>(node);
  if (node.input().type == Type::int16) return lower_codes<std::int16_t>(node);
  if (node.input().type == Type::int32) return apply_int32(node, nn::graph::Combination::squared_difference);
  node.apply(
      nn::float32::Arithmetic{
          .shape = broadcast(node), .combination = nn::graph::Combination::squared_difference, .limits = unlimited},
      {0, 1});
}

const OperatorKind squared_difference{{.name = "squared_difference",
                                       .types = {Type::float32, Type::int8, Type::int16, Type::int32},
                                       .check = check_broadcast,
                                       .lower = lower}};

}  // namespace

}  // namespace tools::importer
