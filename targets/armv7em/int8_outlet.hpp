// How simple sums become codes (nn::Int8Rows::simple): by Reference rounding in four instructions. SMMLAR of twice the sum rounds
// as doubling_high_product of the sum does, and adds what rounds the shift and the zero point that follows it. A sum that is
// negative and becomes 0 is taken for negative, which changes nothing. Armv7-M ARM (DDI 0403), section A7.7.142 (SMMLA).
#pragma once

#include <cstdint>

#include "nn/int8/rounding.hpp"

namespace target {

template <class Rounding>
struct Int8OutletOf;

template <>
struct Int8OutletOf<nn::int8::Reference> {
  std::int32_t multiplier;
  std::int32_t half_and_zero;  // of what is shifted
  std::int32_t by;

  // Does a shift leave room for the zero point?
  static constexpr bool fits(const nn::int8::Scale& scale) { return -22 <= scale.shift && scale.shift <= -1; }
  static constexpr Int8OutletOf of(const nn::int8::Scale& scale, const nn::int8::Range& range) {
    return {scale.multiplier, (1 << (-scale.shift - 1)) + range.zero * (1 << -scale.shift), -scale.shift};
  }

  static constexpr Int8OutletOf none() { return {0, 1, 1}; }
  constexpr void words(auto to) const { to(multiplier), to(half_and_zero), to(by); }

  // Of twice a sum; within [-128, 127].
  [[gnu::always_inline]] std::int32_t operator()(std::int32_t twice) const {
    std::int32_t x;
    asm("add %0, %3, %1, asr #31\nsmmlar %0, %1, %2, %0\nasr %0, %4\nssat %0, #8, %0"
        : "=&r"(x)
        : "r"(twice), "r"(multiplier), "r"(half_and_zero), "r"(by)
        : "cc");
    return x;
  }
};

using Int8Outlet = Int8OutletOf<nn::int8::Reference>;

}  // namespace target
