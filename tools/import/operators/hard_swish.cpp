// HARD_SWISH: x·relu6(x + 3) / 6.
#include "tools/import/operators/curve.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"

namespace tools::importer {

namespace {

using nn::int8::rounded_shift;

// gemmlowp's products of 16 bits: rounded, and cut off.
std::int32_t rounded_product(std::int32_t a, std::int32_t b) {
  return a == -32768 && b == -32768 ? 32767 : (a * b + (1 << 14)) >> 15;
}
std::int32_t cut_product(std::int32_t a, std::int32_t b) { return a == -32768 && b == -32768 ? 32767 : a * b / (1 << 15); }

// x·2^by within 16 bits.
std::int32_t saturated_16(std::int32_t x, std::int32_t by) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(std::int64_t{x} * (std::int64_t{1} << by), -32768, 32767));
}

// DownScaleInt32ToInt16Multiplier.
std::int32_t high_16(std::int32_t multiplier) {
  return multiplier >= 0x7fffffff - (1 << 15) ? 32767 : (multiplier + (1 << 15)) >> 16;
}

// Of a difference of codes, not yet bounded: HardSwish of TensorFlow Lite's reference kernels. `output`: 1/128 of the input's
// scale by the output's; `reluish`: the same by 3 / 2^15.
std::int32_t hard_swish(std::int32_t difference, Scale output, Scale reluish) {
  const std::int32_t x = difference * 128;
  std::int32_t gate = reluish.shift > 0 ? saturated_16(x, reluish.shift - 1) : x;
  gate = rounded_product(gate, high_16(reluish.multiplier));
  if (reluish.shift > 0) gate = saturated_16(gate, 1);
  if (reluish.shift < 0) gate = rounded_shift(gate, -reluish.shift);
  gate = (gate + (1 << 15)) >> 1;
  const std::int32_t product = cut_product(gate, rounded_product(x, high_16(output.multiplier)));
  return output.shift < 0 ? rounded_shift(product, -output.shift) : product;
}

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  if (x.type == Type::float32) return apply_curve(node, nn::float32::Curve::hard_swish);
  const float fine = 1.0f / 128 * scale(x);
  const Scale output = fixed_scale(static_cast<double>(fine / scale(y)));
  const Scale reluish = fixed_scale(static_cast<double>(fine / (3.0f / 32768)));
  if (output.shift > 0 || output.shift < -15 || reluish.shift < -15 || reluish.shift > 15)
    node.refuse("has scales that are too far apart, or too large or small",
                "the input's from 1/256 of the output's to 128 of it");
  apply_table(node,
              [&](std::int32_t code) { return bounded(std::int64_t{zero(y)} + hard_swish(code - zero(x), output, reluish)); });
}

const OperatorKind kind{{.name = "hard_swish", .types = {Type::float32, Type::int8}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
