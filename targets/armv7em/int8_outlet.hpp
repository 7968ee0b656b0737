// How simple sums become codes (nn::Int8Rows::simple): by Reference rounding in four instructions. SMMLAR of twice the sum rounds as
// doubling_high_product of the sum does, and adds what rounds the shift and the zero point that follows it. A sum that is
// negative and becomes 0 is taken for negative, which changes nothing. Armv7-M ARM (DDI 0403), section A7.7.142 (SMMLA).
#pragma once

#include <cstdint>

#include "float32_output.hpp"
#include "nn/int8/rounding.hpp"

namespace target {

template <class Rounding>
struct Int8Outlet;

template <>
struct Int8Outlet<nn::int8::Reference> {
  std::int32_t multiplier;
  std::int32_t half_and_zero;  // of what is shifted
  std::int32_t by;

  // Does a shift leave room for the zero point?
  static constexpr bool fits(const nn::int8::Scale& scale) { return -22 <= scale.shift && scale.shift <= -1; }
  static constexpr Int8Outlet of(const nn::int8::Scale& scale, const nn::int8::Range& range) {
    return {scale.multiplier, (1 << (-scale.shift - 1)) + range.zero * (1 << -scale.shift), -scale.shift};
  }

  static constexpr Int8Outlet none() { return {0, 1, 1}; }
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

// By Float32 rounding, on the FPU: twice the sum is converted with one bit behind the point.
template <>
struct Int8Outlet<nn::int8::Float32> {
  float scale;
  std::int32_t zero;

  static constexpr bool fits(float) { return true; }
  static constexpr Int8Outlet of(float by, const nn::int8::Range& range) { return {by, range.zero}; }
  static constexpr Int8Outlet none() { return {0, 0}; }
  constexpr void words(auto to) const { to(__builtin_bit_cast(std::int32_t, scale)), to(zero); }

  [[gnu::always_inline]] std::int32_t operator()(std::int32_t twice) const {
    float sum = __builtin_bit_cast(float, twice);
    asm("vcvt.f32.s32 %0, %0, #1" : "+t"(sum));
    std::int32_t x = nearest_even(sum * scale);
    asm("qadd %0, %0, %1\nssat %0, #8, %0" : "+r"(x) : "r"(zero) : "cc");
    return x;
  }
};

}  // namespace target
