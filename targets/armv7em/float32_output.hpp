// How sums become codes by Float32 rounding on an FPU: converted, multiplied, converted to the nearest whole number, ties to
// even. FPSCR rounds to nearest, as it does from reset on. Armv7-M ARM (DDI 0403), sections A7.7.226 (VCVT, VCVTR) and A7.7.178
// (SSAT).
#pragma once

#include <cstdint>

#include "int8_outlet.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

// Saturates to 32 bits.
inline std::int32_t nearest_even(float x) {
  asm("vcvtr.s32.f32 %0, %0" : "+t"(x));
  return __builtin_bit_cast(std::int32_t, x);
}

// Codes within [-128, 127] need no more than SSAT; zero points lie within them.
struct Float32Output {
  const nn::int8::Range& range;

  explicit Float32Output(const nn::int8::Range& limits, bool = true) : range{limits} {}

  std::int8_t operator()(std::uint32_t sum, float scale) const {
    std::int32_t x = nearest_even(static_cast<float>(static_cast<std::int32_t>(sum)) * scale);
    asm("qadd %0, %0, %1\nssat %0, #8, %0" : "+&r"(x) : "r"(range.zero) : "cc");
    return static_cast<std::int8_t>(x);
  }
  void operator()(const std::uint32_t (&sum)[4], const float* scale, std::int32_t scale_step, std::int8_t* y) const {
    for (std::uint32_t s : sum) {
      *y++ = (*this)(s, *scale);
      scale += scale_step;
    }
  }
  void clamp(std::int8_t* y, std::int32_t count) const {
    if (range.least <= -128 && range.most >= 127) return;
    for (std::int32_t i = 0; i < count; ++i) y[i] = static_cast<std::int8_t>(nn::int8::clamp(y[i], range.least, range.most));
  }
};

// By Float32 rounding, on the FPU: twice the sum is converted with one bit behind the point.
template <>
struct Int8OutletOf<nn::int8::Float32> {
  float scale;
  std::int32_t zero;

  static constexpr bool fits(float) { return true; }
  static constexpr Int8OutletOf of(float by, const nn::int8::Range& range) { return {by, range.zero}; }
  static constexpr Int8OutletOf none() { return {0, 0}; }
  constexpr void words(auto to) const { to(__builtin_bit_cast(std::int32_t, scale)), to(zero); }

  [[gnu::always_inline]] std::int32_t operator()(std::int32_t twice) const {
    float sum = __builtin_bit_cast(float, twice);
    asm("vcvt.f32.s32 %0, %0, #1" : "+t"(sum));
    std::int32_t x = nearest_even(sum * scale);
    asm("qadd %0, %0, %1\nssat %0, #8, %0" : "+&r"(x) : "r"(zero) : "cc");
    return x;
  }
};

}  // namespace target
