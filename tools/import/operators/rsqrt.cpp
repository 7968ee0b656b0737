// RSQRT: of int8 a table, computed in integers as the reference does.
#include <bit>
#include <cmath>

#include "nn/float32/function.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"

namespace tools::importer {

namespace {

// a·b of numbers with 31 bits in all.
std::int32_t product(std::int32_t a, std::int32_t b) { return nn::int8::doubling_high_product(a, b); }
std::int32_t shifted(std::int32_t x, int left) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(std::int64_t{x} << left, std::numeric_limits<std::int32_t>::min(),
                                                            std::numeric_limits<std::int32_t>::max()));
}

// 1/√x of 0 < x < 256 by Newton's iteration x·(3 - in·x²)/2 on numbers with 3 bits before the point:
// GetInvSqrtQuantizedMultiplierExp.
Scale one_over_root(std::int32_t x) {
  if (x == 1) return {0x7fffffff, 0};
  int shift = 11;
  const int pairs = (std::countl_zero(static_cast<std::uint32_t>(x)) - 1) / 2 - 1;
  shift -= pairs;
  x <<= 2 * pairs;                                                     // 2^27 to 2^29
  const std::int32_t half = nn::int8::rounded_shift(x >> 1, 1);        // in/2
  constexpr std::int32_t three_halves = (1 << 28) + (1 << 27);
  std::int32_t y = 1 << 28;
  for (int i = 0; i < 5; ++i) {
    const std::int32_t cube = shifted(product(product(y, y), y), 6);
    y = shifted(product(three_halves, y) - product(half, cube), 3);
  }
  y = product(y, 1518500250);  // √2/2
  if (shift < 0) {
    y <<= -shift;
    shift = 0;
  }
  return {y, -shift};
}

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::float32)
    return node.apply(nn::float32::Each{.count = node.count(), .function = nn::float32::Function::reciprocal_root});
  const Scale to = fixed_scale(1 / (std::sqrt(static_cast<double>(scale(x))) * static_cast<double>(scale(y))));
  apply_table(node, [&](std::int32_t code) -> std::int8_t {
    const std::int32_t value = code - zero(x);
    if (value <= 0) return 127;  // below 0 the reference ends the program
    const Scale root = one_over_root(value);
    const std::int32_t fine = nn::int8::requantize(1, {root.multiplier, root.shift + 20});
    return bounded(std::int64_t{zero(y)} + nn::int8::requantize(fine, {to.multiplier, to.shift - 20}));
  });
}

const OperatorKind rsqrt{{.name = "rsqrt", .types = {Type::float32, Type::int8}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
