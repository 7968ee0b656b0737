// DEQUANTIZE: from codes to float32. Constants of float16 become float32 here.
#include <bit>
#include <cmath>

#include "nn/int16/int16.hpp"
#include "nn/int8/quantize.hpp"
#include "tools/data/half.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({Type::float32});
  node.set_output(node.input().shape);
}

void lower(Lowering& node) {
  const Tensor& x = node.input();
  if (x.type == Type::int16) return node.apply(nn::int16::Dequantize{.count = node.count(), .scale = scale(x), .zero = zero(x)});
  if (x.type == Type::uint8)
    return node.apply(nn::int8::DequantizeFrom<std::uint8_t>{.count = node.count(), .scale = scale(x), .zero = zero(x)});
  node.apply(nn::int8::Dequantize{.count = node.count(), .scale = scale(x), .zero = zero(x)});
}

std::vector<std::vector<std::uint8_t>> fold(const Node& node) {
  const Tensor& x = node.input();
  if (x.type != Type::float16 || x.data.empty()) return {};
  std::vector<std::uint8_t> bytes;
  const std::vector<std::uint16_t> halves = numbers<std::uint16_t>(x);
  for (std::size_t i = 0; i < halves.size(); ++i) {
    const float value = from_half(halves[i]);
    if (std::isnan(value)) node.refuse(text("reads a NaN at index ", i, " of ", node.input_label(0)), "numbers");
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
  }
  return {std::move(bytes)};
}

const OperatorKind dequantize{
    {.name = "dequantize", .types = {Type::int8, Type::int16, Type::uint8}, .check = check, .lower = lower, .fold = fold}};

}  // namespace

}  // namespace tools::importer
