// Affine: what the codes of a tensor stand for, real = scale · (code - zero).
#pragma once

#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn::int8 {

// The whole number nearest to a quotient, half away from zero; for a NaN, and beyond ±2^18, any that no zero point brings
// back among the codes.
constexpr std::int32_t nearest(float quotient) {
  constexpr float beyond = 1 << 18;
  const float bounded = quotient < -beyond ? -beyond : quotient < beyond ? quotient : beyond;
  const std::int32_t whole = static_cast<std::int32_t>(bounded);
  const float rest = bounded - static_cast<float>(whole);
  return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
}

struct Affine {
  float scale;
  std::int32_t zero;

  // The nearest code; those beyond the first and the last become these.
  constexpr std::int8_t code(float real) const { return nn::int8::code(nearest(real / scale), Range{.zero = zero}); }
  constexpr float real(std::int8_t code) const { return scale * static_cast<float>(code - zero); }
};

}  // namespace nn::int8
