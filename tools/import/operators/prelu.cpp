// PRELU.
#include "nn/float32/prelu.hpp"
#include "nn/int8/prelu.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  if (node.input().type == Type::float32) return node.apply(nn::float32::Prelu{.shape = broadcast(node)}, {0, 1});
  node.require_constant(1, "slopes");
  const double x = static_cast<double>(scale(node.input(0))), y = static_cast<double>(scale(node.output()));
  const Scale below = fixed_scale(x * static_cast<double>(scale(node.input(1))) / y);
  const std::int8_t* slopes = node.keep(numbers<std::int8_t>(node.input(1)));
  node.apply(nn::int8::Prelu{.shape = broadcast(node),
                             .slope = slopes,
                             .slopes = node.count(1),
                             .zero = zero(node.input(0)),
                             .slope_zero = zero(node.input(1)),
                             .above = fixed_scale(x / y),
                             .below = below,
                             .range = whole_range(node.output())});
}

const OperatorKind prelu{{.name = "prelu", .types = {Type::float32, Type::int8}, .check = check_broadcast, .lower = lower}};

}  // namespace

}  // namespace tools::importer
