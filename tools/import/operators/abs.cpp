// ABS.
#include <cstdlib>

#include "nn/float32/function.hpp"
#include "nn/int16/absolute.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::float32)
    return node.apply(nn::float32::Each{.count = node.count(), .function = nn::float32::Function::absolute});
  const bool same = scale(x) == scale(y);
  const Scale to = fixed_scale(static_cast<double>(scale(x)) / static_cast<double>(scale(y)));
  if (x.type == Type::int16)
    return node.apply(
        nn::int16::Absolute{.count = node.count(), .zero = zero(x), .same_scale = same, .scale = to, .range = whole_range(y)});
  apply_table(node, [&](std::int32_t code) {
    const std::int32_t value = std::abs(code - zero(x));
    return bounded(std::int64_t{zero(y)} + (same ? value : nn::int8::requantize(value, to)));
  });
}

const OperatorKind abs{
    {.name = "abs", .types = {Type::float32, Type::int8, Type::int16}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
