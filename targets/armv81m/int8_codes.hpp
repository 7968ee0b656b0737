// How simple sums become codes (nn::Int8Rows::simple), four at a time. Armv8-M ARM (DDI 0553), VQRDMULH, VRSHL.
//
// VQRDMULH is nn::int8::doubling_high_product. VRSHL rounds halves up, so negative numbers lose 1 first: nn::int8::rounded_shift.
#pragma once

#include <arm_mve.h>

#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace target {

inline int32x4_t words_at(const std::int8_t* laid_out) { return vldrwq_s32(reinterpret_cast<const std::int32_t*>(laid_out)); }

// x times scales that shift to the right.
inline int32x4_t scaled(int32x4_t x, int32x4_t multiplier, int32x4_t shift) {
  x = vqrdmulhq_s32(x, multiplier);
  return vrshlq_s32(vaddq_s32(x, vshrq_n_s32(x, 31)), shift);
}

struct Int8Codes {
  std::int32_t zero;
  int32x4_t least;
  int32x4_t most;

  explicit Int8Codes(const nn::int8::Range& range) : zero{range.zero}, least{vdupq_n_s32(range.least)}, most{vdupq_n_s32(range.most)} {}

  // Writes the first `count` of four outputs, of one window or of two; multipliers and shifts lie at `scale`. The end of these.
  [[gnu::always_inline]] const std::int8_t* operator()(int32x4_t sum, const std::int8_t* scale, std::int8_t* y, std::int32_t count) const {
    int32x4_t by, sign;
    asm volatile(
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vqrdmulh.s32 %q[sum], %q[sum], %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vshr.s32 %q[sign], %q[sum], #31\n"
        "vadd.i32 %q[sum], %q[sum], %q[sign]\n"
        "vrshl.s32 %q[sum], %q[sum], %q[by]\n"
        "vadd.i32 %q[sum], %q[sum], %[zero]\n"
        "vmax.s32 %q[sum], %q[sum], %q[least]\n"
        "vmin.s32 %q[sum], %q[sum], %q[most]\n"
        "vctp.32 %[count]\n"
        "vpst\n"
        "vstrbt.32 %q[sum], [%[y]]"
        : [sum] "+w"(sum), [scale] "+r"(scale), [by] "=&w"(by), [sign] "=&w"(sign)
        : [zero] "r"(zero), [least] "w"(least), [most] "w"(most), [y] "r"(y), [count] "r"(count)
        : "p0", "memory");
    return scale;
  }
  [[gnu::always_inline]] const std::int8_t* operator()(int32x4_t sum, int32x4_t next, const std::int8_t* scale, std::int8_t* y, std::int8_t* z,
                                                       std::int32_t count) const {
    int32x4_t multiplier, by;
    asm volatile(
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vqrdmulh.s32 %q[sum], %q[sum], %q[by]\n"
        "vqrdmulh.s32 %q[next], %q[next], %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vshr.s32 %q[sign], %q[sum], #31\n"
        "vadd.i32 %q[sum], %q[sum], %q[sign]\n"
        "vshr.s32 %q[sign], %q[next], #31\n"
        "vadd.i32 %q[next], %q[next], %q[sign]\n"
        "vrshl.s32 %q[sum], %q[sum], %q[by]\n"
        "vrshl.s32 %q[next], %q[next], %q[by]\n"
        "vadd.i32 %q[sum], %q[sum], %[zero]\n"
        "vadd.i32 %q[next], %q[next], %[zero]\n"
        "vmax.s32 %q[sum], %q[sum], %q[least]\n"
        "vmax.s32 %q[next], %q[next], %q[least]\n"
        "vmin.s32 %q[sum], %q[sum], %q[most]\n"
        "vmin.s32 %q[next], %q[next], %q[most]\n"
        "vctp.32 %[count]\n"
        "vpstt\n"
        "vstrbt.32 %q[sum], [%[y]]\n"
        "vstrbt.32 %q[next], [%[z]]"
        : [sum] "+w"(sum), [next] "+w"(next), [scale] "+r"(scale), [by] "=&w"(by), [sign] "=&w"(multiplier)
        : [zero] "r"(zero), [least] "w"(least), [most] "w"(most), [y] "r"(y), [z] "r"(z), [count] "r"(count)
        : "p0", "memory");
    return scale;
  }
};

}  // namespace target
