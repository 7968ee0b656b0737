// How the sums of an int8 layer become codes: part of the layer's type.
//
//   Reference   TensorFlow Lite's reference kernels: a multiplier of 31 bits, two roundings (requantize.hpp)
//   Float32     LiteRT with XNNPACK and ONNX Runtime: code = clamp(nearest_even(float(sum) · scale) + zero), the product in float
//
// Float32 is defined here in integers, so that a core without an FPU gives the same bits: |sum| is rounded to 24 bits, multiplied
// by the 24 bits of the scale, rounded to 24 bits, shifted and rounded, ties to even each time.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <bit>
#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn::int8 {

// For a NaN, and beyond ±2^18, any number that no zero point brings back among the codes.
constexpr float within_codes(float quotient) {
  constexpr float beyond = 1 << 18;
  return quotient < -beyond ? -beyond : quotient < beyond ? quotient : beyond;
}

struct Reference {
  using Scale = int8::Scale;

  // The code of a sum.
  static constexpr std::int32_t code(std::int32_t sum, const Scale& scale, const Range& range) {
    return int8::code<std::int32_t>(requantize(sum, scale), range);
  }
  // The code of a quotient: the nearest, halves away from zero.
  static constexpr std::int32_t code_of(float quotient, const Range& range) {
    return clamp(nearest(quotient) + range.zero, range.least, range.most);
  }
  static constexpr std::int32_t nearest(float quotient) {
    const float bounded = within_codes(quotient);
    const std::int32_t whole = static_cast<std::int32_t>(bounded);
    const float rest = bounded - static_cast<float>(whole);
    return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
  }
};

// x / 2^by, ties to even. 1 <= by <= 63.
constexpr std::uint64_t even_shift(std::uint64_t x, std::int32_t by) {
  const std::uint64_t floor = x >> by;
  return (x + (floor & 1) + (std::uint64_t{1} << (by - 1)) - 1) >> by;
}

struct Float32 {
  using Scale = float;  // positive and finite

  static constexpr std::int32_t beyond = 1 << 30;  // what no zero point brings back among the codes

  // nearest_even(float(sum) · scale), products beyond 2^30 as ±2^30. Scales that are no normal number give 0, as their products
  // do.
  static constexpr std::int32_t requantize(std::int32_t sum, float scale) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(scale);
    const std::uint32_t size = sum < 0 ? 0 - static_cast<std::uint32_t>(sum) : static_cast<std::uint32_t>(sum);
    if (bits < 1u << 23 || size == 0) return 0;
    std::int32_t exponent = static_cast<std::int32_t>(bits >> 23) - 150;
    std::uint64_t product = std::uint64_t{to_24_bits(size, exponent)} * ((bits & 0x7fffff) | 1u << 23);
    if (const std::uint32_t high = static_cast<std::uint32_t>(product >> 24); high != 0)
      product = shifted(product, 32 - std::countl_zero(high), exponent);
    const std::int32_t rounded = whole(static_cast<std::uint32_t>(product), exponent);
    return sum < 0 ? -rounded : rounded;
  }
  static constexpr std::int32_t code(std::int32_t sum, float scale, const Range& range) {
    return clamp(requantize(sum, scale) + range.zero, range.least, range.most);
  }
  static constexpr std::int32_t code_of(float quotient, const Range& range) {
    return clamp(nearest(quotient) + range.zero, range.least, range.most);
  }
  // The whole number nearest to a quotient, halves to even: at 2^23 floats have no fraction.
  static constexpr std::int32_t nearest(float quotient) {
    constexpr float whole_numbers = 3 << 22;
    return static_cast<std::int32_t>((within_codes(quotient) + whole_numbers) - whole_numbers);
  }

 private:
  static constexpr std::uint32_t to_24_bits(std::uint32_t x, std::int32_t& exponent) {
    const std::int32_t more = 8 - std::countl_zero(x);
    return more <= 0 ? x : static_cast<std::uint32_t>(shifted(x, more, exponent));
  }
  static constexpr std::uint64_t shifted(std::uint64_t x, std::int32_t by, std::int32_t& exponent) {
    exponent += by;
    return even_shift(x, by);
  }
  // x · 2^exponent, for x <= 2^24.
  static constexpr std::int32_t whole(std::uint32_t x, std::int32_t exponent) {
    if (exponent >= 0) return exponent > 6 || x << exponent >= beyond ? beyond : static_cast<std::int32_t>(x << exponent);
    if (exponent < -25) return 0;
    const std::uint32_t floor = x >> -exponent;
    return static_cast<std::int32_t>((x + (floor & 1) + (1u << (-exponent - 1)) - 1) >> -exponent);
  }
};

// As Float32, but the zero point is added before the rounding, as in ONNX Runtime's QLinearMul and QLinearAveragePool: halves go
// another way where it is odd. Offset: 128 where codes have no sign in the file.
template <std::int32_t Offset>
struct Float32ZeroFirst {
  using Scale = float;

  static constexpr std::int32_t code(std::int32_t sum, float scale, const Range& range) {
    return code_of(static_cast<float>(sum) * scale, range);
  }
  static constexpr std::int32_t code_of(float quotient, const Range& range) {
    return clamp(Float32::nearest(quotient + static_cast<float>(range.zero + Offset)) - Offset, range.least, range.most);
  }
};

}  // namespace nn::int8
