// Codes of quantized layers one by one on the DSP instructions of Cortex-M4, M7 and M33: Add, and the larger of two rows.
// Armv7-M ARM (DDI 0403), sections A7.7.142 (SMMLA), A7.7.182 (SSUB8), A7.7.128 (SEL).
#pragma once

#include <cstdint>

#include "int8_rows.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

// Any sum, in few bytes.
[[gnu::noinline]] inline std::int32_t requantize(std::int32_t x, nn::int8::Scale scale) { return nn::int8::requantize(x, scale); }

// x·scale for x = half of `twice`, which is within ±2^30, as nn::int8::requantize has it: SMMLAR adds the half that rounds the
// shift while it multiplies. x that is negative and becomes 0 is taken for negative, which changes nothing.
struct SimpleTerm {
  std::int32_t multiplier;
  std::int32_t half;
  std::int32_t by;

  static bool shifts(const nn::int8::Scale& scale) { return -31 <= scale.shift && scale.shift <= -1; }
  // The larger of two inputs has the scale 1/2, which is as exact with one bit more.
  static bool is_half(const nn::int8::Scale& scale) { return scale.multiplier == 1 << 30 && scale.shift == 0; }
  static bool possible(const nn::int8::Scale& scale) { return shifts(scale) || is_half(scale); }

  explicit SimpleTerm(nn::int8::Scale scale) {
    if (is_half(scale)) scale = {0x7fffffff, -1};
    multiplier = scale.multiplier;
    half = 1 << ~scale.shift;
    by = -scale.shift;
  }

  std::int32_t operator()(std::int32_t twice) const {
    std::int32_t x;
    asm("smmlar %0, %1, %2, %3" : "=r"(x) : "r"(twice), "r"(multiplier), "r"(half + (twice >> 31)));
    return x >> by;
  }
};

// Of any alignment.
struct Int8Elements {
  // y[i] = max(y[i], x[i]), four at a time. SSUB8 notes which differences are not negative, SEL takes the codes of one or the other.
  static void keep_larger(std::int8_t* y, const std::int8_t* x, std::int32_t count) {
    if (count == 0) return;
    const std::int8_t* const end = x + count;
    std::uint32_t a, b, difference;
    asm volatile(
        "1:\n"
        "ldr %[a], [%[x]], #4\n"
        "ldr %[b], [%[y]]\n"
        "ssub8 %[d], %[a], %[b]\n"
        "sel %[a], %[a], %[b]\n"
        "str %[a], [%[y]], #4\n"
        "cmp %[x], %[end]\n"
        "bne 1b"
        : [x] "+r"(x), [y] "+r"(y), [a] "=&r"(a), [b] "=&r"(b), [d] "=&r"(difference)
        : [end] "r"(end)
        : "cc", "memory");
  }

  // y = a ± b, of scales that are possible.
  template <int MoreBits>
  [[gnu::noinline]] static void add_codes(const nn::Int8Sum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    constexpr std::int32_t unit = 2 << MoreBits;
    const SimpleTerm first{m.a_scale}, second{m.b_scale}, output{m.scale};
    const std::int32_t a_zero = m.a_zero * unit, b_zero = m.b_zero * unit, zero = m.range.zero;
    const std::int32_t a_step = m.a_step, b_step = m.b_step, sign = m.sign, count = m.count;
    for (const std::int8_t* const end = y + count; y != end; a += a_step, b += b_step) {
      const std::int32_t sum = first(*a * unit - a_zero) + sign * second(*b * unit - b_zero);
      std::int32_t x = output(2 * sum) + zero;
      asm("ssat %0, #8, %0" : "+r"(x)::"cc");
      *y++ = static_cast<std::int8_t>(x);
    }
    clamp(y - count, count, m.range);
  }
};

}  // namespace target
