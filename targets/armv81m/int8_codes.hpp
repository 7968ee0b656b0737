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

// Of four sums, numbers by the multipliers and shifts at `scale`, or by Float32 rounding the scales there, which end where this
// ends.
template <class Rounding>
[[gnu::always_inline]] inline int32x4_t scaled(int32x4_t sum, const std::int8_t*& scale) {
  int32x4_t by, sign;
  asm volatile(
      ".arch_extension mve.fp\n"
      "vldrw.32 %q[by], [%[scale]], #16\n"
      ".if %c[float32]\n"
      "vcvt.f32.s32 %q[sum], %q[sum]\nvmul.f32 %q[sum], %q[sum], %q[by]\nvcvtn.s32.f32 %q[sum], %q[sum]\n"
      ".else\n"
      "vqrdmulh.s32 %q[sum], %q[sum], %q[by]\n"
      "vldrw.32 %q[by], [%[scale]], #16\n"
      "vshr.s32 %q[sign], %q[sum], #31\n"
      "vadd.i32 %q[sum], %q[sum], %q[sign]\n"
      "vrshl.s32 %q[sum], %q[sum], %q[by]\n"
      ".endif"
      : [sum] "+w"(sum), [scale] "+&r"(scale), [by] "=&w"(by), [sign] "=&w"(sign)
      : [float32] "i"(std::is_same_v<Rounding, nn::int8::Float32>)
      : "memory");
  return sum;
}

// Codes of eight numbers, the even ones and the odd ones, or of as many as are left.
[[gnu::always_inline]] inline void store_eight(int32x4_t even, int32x4_t odd, std::int32_t zero, std::int8_t* y,
                                               std::int32_t left) {
  asm volatile(
      "vqmovnb.s32 %q[even], %q[even]\n"
      "vqmovnt.s32 %q[even], %q[odd]\n"
      "vqadd.s16 %q[even], %q[even], %[zero]\n"
      "vqmovnb.s16 %q[even], %q[even]\n"
      "vctp.16 %[left]\n"
      "vpst\n"
      "vstrbt.16 %q[even], [%[y]]"
      : [even] "+w"(even) : [odd] "w"(odd), [zero] "r"(zero), [y] "l"(y), [left] "r"(left) : "p0", "memory");
}
// Of up to four.
[[gnu::always_inline]] inline void store_four(int32x4_t number, std::int32_t zero, std::int8_t* y, std::int32_t left) {
  asm volatile(
      "vqadd.s32 %q[number], %q[number], %[zero]\n"
      "vqmovnb.s32 %q[number], %q[number]\n"
      "vqmovnb.s16 %q[number], %q[number]\n"
      "vctp.32 %[left]\n"
      "vpst\n"
      "vstrbt.32 %q[number], [%[y]]"
      : [number] "+w"(number) : [zero] "r"(zero), [y] "l"(y), [left] "r"(left) : "p0", "memory");
}

// Of codes within [-128, 127], those within the range.
[[gnu::noinline]] inline void clamp_codes(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  const int8x16_t least = vdupq_n_s8(static_cast<std::int8_t>(range.least)),
                  most = vdupq_n_s8(static_cast<std::int8_t>(range.most));
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
      : [codes] "=&w"(codes), [y] "+&r"(y)
      : [count] "r"(count), [least] "w"(least), [most] "w"(most)
      : "lr", "memory");
}
inline void clamp_if_needed(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  if (range.least > -128 || range.most < 127) clamp_codes(y, count, range);
}

}  // namespace target
