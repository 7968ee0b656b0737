// Scales: real multipliers as TensorFlow Lite's integers, with the roundings that its Prepare functions do.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "nn/int8/requantize.hpp"
#include "tools/import/node.hpp"

namespace tools::importer {

using nn::int8::Range;
using nn::int8::Scale;

// Of a tensor with one; the operator of another is refused.
inline const Quantization& quantization(const Tensor& tensor) {
  if (tensor.quantization.scale.empty()) throw Unscaled{tensor};
  return tensor.quantization;
}
inline float scale(const Tensor& tensor) { return quantization(tensor).scale[0]; }
inline std::int32_t zero(const Tensor& tensor) { return static_cast<std::int32_t>(quantization(tensor).zero_point[0]); }

// QuantizeMultiplier, also of a negative number. Below 2^-31 it becomes 0.
inline Scale fixed_scale(double real) {
  if (real == 0) return {0, 0};
  if (std::isinf(real)) return {real < 0 ? -0x7fffffff : 0x7fffffff, 30};
  int shift = 0;
  std::int64_t multiplier = std::llround(std::frexp(real, &shift) * 2147483648.0);
  if (multiplier == std::int64_t{1} << 31 || multiplier == -(std::int64_t{1} << 31)) {
    multiplier /= 2;
    ++shift;
  }
  if (shift < -31) return {0, 0};
  if (shift > 30) return {real < 0 ? -0x7fffffff : 0x7fffffff, 30};
  return {static_cast<std::int32_t>(multiplier), shift};
}

// The code of a real number, not bounded: the division is in float.
inline std::int64_t code_of(float real, float scale, std::int64_t zero) {
  return zero + static_cast<std::int64_t>(std::round(std::clamp(real / scale, -1e9f, 1e9f)));
}

// CheckedLog2: the logarithm, if it is whole to 1e-3.
inline std::optional<int> whole_log2(float real) {
  const float logarithm = std::log(real) * (1.0f / std::log(2.0f));
  if (std::abs(logarithm - std::round(logarithm)) >= 1e-3f) return std::nullopt;
  return static_cast<int>(std::round(logarithm));
}

// The last code of a type; the first is one further from 0.
inline std::int32_t highest(Type type) { return type == Type::int16 ? 32767 : 127; }
inline Range whole_range(const Tensor& y) { return {zero(y), -highest(y.type) - 1, highest(y.type)}; }

// What a fused activation leaves of the codes of an output.
inline Range activation_range(Activation activation, const Tensor& y) {
  Range range = whole_range(y);
  const auto code = [&](float real) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(code_of(real, scale(y), zero(y)), -highest(y.type) - 1, highest(y.type)));
  };
  if (activation == Activation::relu || activation == Activation::relu6) range.least = code(0);
  if (activation == Activation::relu_n1_to_1) range.least = code(-1);
  if (activation == Activation::relu6) range.most = code(6);
  if (activation == Activation::relu_n1_to_1) range.most = code(1);
  return range;
}

// CalculateInputRadius: from which difference on a function of 31 - `integer_bits` fraction bits is constant.
inline std::int32_t input_radius(int integer_bits, int shift) {
  return static_cast<std::int32_t>(
      std::min(std::floor(((1 << integer_bits) - 1) * std::ldexp(1.0, 31 - integer_bits - shift)), 2147483647.0));
}

}  // namespace tools::importer
