// How simple sums become codes (nn::Int8Rows::simple), four at a time. Armv8-M ARM (DDI 0553), VQRDMULH, VRSHL, VQMOVN.
//
// VQRDMULH is nn::int8::doubling_high_product. VRSHL rounds halves up, so negative numbers lose 1 first: nn::int8::rounded_shift.
// By Float32 rounding: VCVT from integers rounds to nearest even, as VCVTN does to them.
// Narrowing saturates, so codes need no clamp to [-128, 127].
#pragma once

#include <arm_mve.h>

#include <cstdint>
#include <type_traits>

#include "nn/int8/rounding.hpp"

namespace target {

// Where codes go, of one window or of two, and how many are left.
struct Int8Codes {
  std::int8_t* y;
  std::int8_t* z;
  std::int32_t left;
  std::int32_t zero;

  // Of one window, from the sums of four outputs. Their multipliers and shifts lie at `scale`; the end of these.
  template <class Rounding>
  [[gnu::always_inline]] const std::int8_t* write(int32x4_t sum, const std::int8_t* scale) {
    if constexpr (std::is_same_v<Rounding, nn::int8::Float32>) return write_float(sum, scale);
    int32x4_t by, sign;
    asm volatile(
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vqrdmulh.s32 %q[sum], %q[sum], %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vshr.s32 %q[sign], %q[sum], #31\n"
        "vadd.i32 %q[sum], %q[sum], %q[sign]\n"
        "vrshl.s32 %q[sum], %q[sum], %q[by]\n"
        "vqadd.s32 %q[sum], %q[sum], %[zero]\n"
        "vqmovnb.s32 %q[sum], %q[sum]\n"
        "vqmovnb.s16 %q[sum], %q[sum]\n"
        "vctp.32 %[left]\n"
        "vpst\n"
        "vstrbt.32 %q[sum], [%[y]], #4\n"
        "subs %[left], #4"
        : [sum] "+w"(sum), [scale] "+r"(scale), [by] "=&w"(by), [sign] "=&w"(sign), [y] "+l"(y), [left] "+r"(left)
        : [zero] "r"(zero)
        : "cc", "p0", "memory");
    return scale;
  }

  // Of two windows: the codes of the first in the lower halves of words, those of the second in the upper.
  template <class Rounding>
  [[gnu::always_inline]] const std::int8_t* write(int32x4_t sum, int32x4_t next, const std::int8_t* scale) {
    if constexpr (std::is_same_v<Rounding, nn::int8::Float32>) return write_float(sum, next, scale);
    int32x4_t by, sign;
    asm volatile(
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vqrdmulh.s32 %q[sum], %q[sum], %q[by]\n"
        "vqrdmulh.s32 %q[next], %q[next], %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vshr.s32 %q[sign], %q[sum], #31\n"
        "vadd.i32 %q[sum], %q[sum], %q[sign]\n"
        "vshr.s32 %q[sign], %q[next], #31\n"
        "vadd.i32 %q[next], %q[next], %q[sign]\n"
        "ldrd r0, r2, [%[to]]\n"
        "ldrd r4, r6, [%[to], #8]\n"
        "vrshl.s32 %q[sum], %q[sum], %q[by]\n"
        "vrshl.s32 %q[next], %q[next], %q[by]\n"
        "vqmovnb.s32 %q[sum], %q[sum]\n"
        "vqmovnt.s32 %q[sum], %q[next]\n"
        "vqadd.s16 %q[sum], %q[sum], r6\n"
        "vqmovnb.s16 %q[sum], %q[sum]\n"
        "vshr.u32 %q[next], %q[sum], #16\n"
        "vctp.32 r4\n"
        "vpstt\n"
        "vstrbt.32 %q[sum], [r0], #4\n"
        "vstrbt.32 %q[next], [r2], #4\n"
        "subs r4, #4\n"
        "strd r0, r2, [%[to]]\n"
        "str r4, [%[to], #8]\n"
        : [sum] "+w"(sum), [next] "+w"(next), [scale] "+r"(scale), [by] "=&w"(by), [sign] "=&w"(sign)
        : [to] "r"(this)
        : "r0", "r2", "r4", "r6", "cc", "p0", "memory");
    return scale;
  }

 private:
  // The same by Float32 rounding: scales alone lie at `scale`. Conversions saturate.
  [[gnu::always_inline]] const std::int8_t* write_float(int32x4_t sum, const std::int8_t* scale) {
    int32x4_t by;
    asm volatile(
        ".arch_extension mve.fp\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vcvt.f32.s32 %q[sum], %q[sum]\n"
        "vmul.f32 %q[sum], %q[sum], %q[by]\n"
        "vcvtn.s32.f32 %q[sum], %q[sum]\n"
        "vqadd.s32 %q[sum], %q[sum], %[zero]\n"
        "vqmovnb.s32 %q[sum], %q[sum]\n"
        "vqmovnb.s16 %q[sum], %q[sum]\n"
        "vctp.32 %[left]\n"
        "vpst\n"
        "vstrbt.32 %q[sum], [%[y]], #4\n"
        "subs %[left], #4"
        : [sum] "+w"(sum), [scale] "+r"(scale), [by] "=&w"(by), [y] "+l"(y), [left] "+r"(left)
        : [zero] "r"(zero)
        : "cc", "p0", "memory");
    return scale;
  }
  [[gnu::always_inline]] const std::int8_t* write_float(int32x4_t sum, int32x4_t next, const std::int8_t* scale) {
    int32x4_t by;
    asm volatile(
        ".arch_extension mve.fp\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vcvt.f32.s32 %q[sum], %q[sum]\n"
        "ldrd r0, r2, [%[to]]\n"
        "vcvt.f32.s32 %q[next], %q[next]\n"
        "vmul.f32 %q[sum], %q[sum], %q[by]\n"
        "ldrd r4, r6, [%[to], #8]\n"
        "vmul.f32 %q[next], %q[next], %q[by]\n"
        "vcvtn.s32.f32 %q[sum], %q[sum]\n"
        "vcvtn.s32.f32 %q[next], %q[next]\n"
        "vqmovnb.s32 %q[sum], %q[sum]\n"
        "vqmovnt.s32 %q[sum], %q[next]\n"
        "vqadd.s16 %q[sum], %q[sum], r6\n"
        "vqmovnb.s16 %q[sum], %q[sum]\n"
        "vshr.u32 %q[next], %q[sum], #16\n"
        "vctp.32 r4\n"
        "vpstt\n"
        "vstrbt.32 %q[sum], [r0], #4\n"
        "vstrbt.32 %q[next], [r2], #4\n"
        "subs r4, #4\n"
        "strd r0, r2, [%[to]]\n"
        "str r4, [%[to], #8]\n"
        : [sum] "+w"(sum), [next] "+w"(next), [scale] "+r"(scale), [by] "=&w"(by)
        : [to] "r"(this)
        : "r0", "r2", "r4", "r6", "cc", "p0", "memory");
    return scale;
  }
};

// Of codes within [-128, 127], those within the range.
[[gnu::noinline]] inline void clamp_codes(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  const int8x16_t least = vdupq_n_s8(static_cast<std::int8_t>(range.least)), most = vdupq_n_s8(static_cast<std::int8_t>(range.most));
  int8x16_t codes;
  asm volatile(
      "wlstp.8 lr, %[count], 2f\n"
      "1:\n"
      "vldrb.8 %q[codes], [%[y]]\n"
      "vmax.s8 %q[codes], %q[codes], %q[least]\n"
      "vmin.s8 %q[codes], %q[codes], %q[most]\n"
      "vstrb.8 %q[codes], [%[y]], #16\n"
      "letp lr, 1b\n"
      "2:"
      : [codes] "=&w"(codes), [y] "+r"(y)
      : [count] "r"(count), [least] "w"(least), [most] "w"(most)
      : "lr", "memory");
}
inline void clamp_if_needed(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  if (range.least > -128 || range.most < 127) clamp_codes(y, count, range);
}

}  // namespace target
