// ELU: on int8 a table, computed in float.
#include <cmath>

#include "nn/float32/function.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::float32)
    return node.apply(nn::float32::Each{.count = node.count(), .function = nn::float32::Function::elu});
  const float inverse = 1 / scale(y);
  apply_table(node, [&](std::int32_t code) {
    const float real = scale(x) * static_cast<float>(code - zero(x));
    const float wanted = real < 0 ? std::exp(real) - 1 : real;
    const float rounded =
        node.model.rounding == Rounding::float32 ? std::nearbyint(wanted / scale(y)) : std::round(wanted * inverse);
    const float quotient = rounded + static_cast<float>(zero(y));
    return bounded(quotient < -1000 ? -1000 : quotient < 1000 ? static_cast<std::int64_t>(quotient) : 1000);
  });
}

const OperatorKind elu{{.name = "elu", .types = {Type::float32, Type::int8}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
