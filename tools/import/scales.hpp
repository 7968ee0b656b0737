// Scales: real multipliers as TensorFlow Lite's integers, with the roundings that its Prepare functions do.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "nn/int8/requantize.hpp"
#include "tools/tflite/model.hpp"

namespace tools::importer {

using nn::int8::Range;
using nn::int8::Scale;

// QuantizeMultiplier. Below 2^-31 it becomes 0.
inline Scale fixed_scale(double real) {
  if (real == 0) return {0, 0};
  if (std::isinf(real)) return {0x7fffffff, 30};
  int shift = 0;
  std::int64_t multiplier = std::llround(std::frexp(real, &shift) * 2147483648.0);
  if (multiplier == std::int64_t{1} << 31) {
    multiplier /= 2;
    ++shift;
  }
  if (shift < -31) return {0, 0};
  if (shift > 30) return {0x7fffffff, 30};
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

// What a fused activation leaves of the codes of an output.
inline Range activation_range(tflite::Activation activation, float scale, std::int64_t zero, std::int32_t lowest = -128,
                              std::int32_t highest = 127) {
  const auto code = [&](float real) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(code_of(real, scale, zero), lowest, highest));
  };
  Range range{static_cast<std::int32_t>(zero), lowest, highest};
  if (activation == tflite::Activation::relu || activation == tflite::Activation::relu6) range.least = code(0);
  if (activation == tflite::Activation::relu_n1_to_1) range.least = code(-1);
  if (activation == tflite::Activation::relu6) range.most = code(6);
  if (activation == tflite::Activation::relu_n1_to_1) range.most = code(1);
  return range;
}

// CalculateInputRadius: from which difference on a function of 31 - `integer_bits` fraction bits is constant.
inline std::int32_t input_radius(int integer_bits, int shift) {
  return static_cast<std::int32_t>(std::min(std::floor(((1 << integer_bits) - 1) * std::ldexp(1.0, 31 - integer_bits - shift)), 2147483647.0));
}

}  // namespace tools::importer
