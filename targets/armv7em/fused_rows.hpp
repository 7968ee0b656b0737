// Whole blocks of eight columns on the FPU of Cortex-M4F, M7, M33 and M55, as in rows.hpp, by fused multiply-adds: of two rows 21
// instructions for 16 products, where float takes 37. On M4F VFMA takes 3 cycles, VMUL and VADD 1 each (TRM 100166, section 7.2.3):
// there it saves code and instructions, not time.
//
// Lengths are multiples of 8, and at least 8.
#pragma once

#include <cstddef>

#include "nn/number/fused.hpp"

namespace target {

// sum[2k] and sum[2k + 1] become w·x of the k-th pair of rows. A row lies `stride` behind the one before it.
[[gnu::noinline]] inline void fused_dot_pairs(const float* w, std::size_t stride, const float* x, std::size_t length, std::size_t pairs,
                                              float* sum) {
  for (; pairs > 0; --pairs) {
    const float* a = w;
    const float* b = w + stride;
    const float* in = x;
    std::size_t left = length;
    // s0-s7: x   s8-s15: weights   s16-s23, s24-s31: the lanes of both rows
    asm volatile(
        "vldmia %[x]!, {s0-s7}\n"
        "vldmia %[a]!, {s16-s23}\n"
        "vldmia %[b]!, {s24-s31}\n"
        "vmul.f32 s16, s16, s0; vmul.f32 s17, s17, s1; vmul.f32 s18, s18, s2; vmul.f32 s19, s19, s3\n"
        "vmul.f32 s20, s20, s4; vmul.f32 s21, s21, s5; vmul.f32 s22, s22, s6; vmul.f32 s23, s23, s7\n"
        "vmul.f32 s24, s24, s0; vmul.f32 s25, s25, s1; vmul.f32 s26, s26, s2; vmul.f32 s27, s27, s3\n"
        "vmul.f32 s28, s28, s4; vmul.f32 s29, s29, s5; vmul.f32 s30, s30, s6; vmul.f32 s31, s31, s7\n"
        "b 2f\n"
        "1:\n"
        "vldmia %[x]!, {s0-s7}\n"
        "vldmia %[a]!, {s8-s15}\n"
        "vfma.f32 s16, s8, s0; vfma.f32 s17, s9, s1; vfma.f32 s18, s10, s2; vfma.f32 s19, s11, s3\n"
        "vfma.f32 s20, s12, s4; vfma.f32 s21, s13, s5; vfma.f32 s22, s14, s6; vfma.f32 s23, s15, s7\n"
        "vldmia %[b]!, {s8-s15}\n"
        "vfma.f32 s24, s8, s0; vfma.f32 s25, s9, s1; vfma.f32 s26, s10, s2; vfma.f32 s27, s11, s3\n"
        "vfma.f32 s28, s12, s4; vfma.f32 s29, s13, s5; vfma.f32 s30, s14, s6; vfma.f32 s31, s15, s7\n"
        "2:\n"
        "subs %[left], #8\n"
        "bne 1b\n"
        // ((0+4)+(2+6)) + ((1+5)+(3+7)) of both
        "vadd.f32 s16, s16, s20; vadd.f32 s17, s17, s21; vadd.f32 s18, s18, s22; vadd.f32 s19, s19, s23\n"
        "vadd.f32 s24, s24, s28; vadd.f32 s25, s25, s29; vadd.f32 s26, s26, s30; vadd.f32 s27, s27, s31\n"
        "vadd.f32 s16, s16, s18; vadd.f32 s17, s17, s19; vadd.f32 s24, s24, s26; vadd.f32 s25, s25, s27\n"
        "vadd.f32 s16, s16, s17; vadd.f32 s17, s24, s25\n"
        "vstmia %[sum]!, {s16-s17}"
        : [x] "+&r"(in), [a] "+&r"(a), [b] "+&r"(b), [left] "+&r"(left), [sum] "+&r"(sum)
        :
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
          "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31");
    w += 2 * stride;
  }
}

// sum[0] to sum[7] become Σ_o g[o]·w[o·stride + i], of at least one row.
[[gnu::noinline]] inline void fused_columns(const float* w, std::size_t stride, const float* g, float* sum, std::size_t rows) {
  const float* const end = g + rows;
  // s0-s7: weights   s8: g   s16-s23: sums
  asm volatile(
      "vldmia %[g]!, {s8}\n"
      "vldmia %[w], {s0-s7}\n"
      "vmul.f32 s16, s8, s0; vmul.f32 s17, s8, s1; vmul.f32 s18, s8, s2; vmul.f32 s19, s8, s3\n"
      "vmul.f32 s20, s8, s4; vmul.f32 s21, s8, s5; vmul.f32 s22, s8, s6; vmul.f32 s23, s8, s7\n"
      "b 2f\n"
      "1:\n"
      "vldmia %[g]!, {s8}\n"
      "vldmia %[w], {s0-s7}\n"
      "vfma.f32 s16, s8, s0; vfma.f32 s17, s8, s1; vfma.f32 s18, s8, s2; vfma.f32 s19, s8, s3\n"
      "vfma.f32 s20, s8, s4; vfma.f32 s21, s8, s5; vfma.f32 s22, s8, s6; vfma.f32 s23, s8, s7\n"
      "2:\n"
      "add %[w], %[w], %[stride], lsl #2\n"
      "cmp %[g], %[end]\n"
      "bne 1b\n"
      "vstmia %[sum], {s16-s23}"
      : [w] "+&r"(w), [g] "+&r"(g)
      : [stride] "r"(stride), [end] "r"(end), [sum] "r"(sum)
      : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23");
}

// Adds scaled[r]·x to each of the four rows behind w.
[[gnu::noinline]] inline void fused_add_to_four_rows(float* w, std::size_t stride, const float* scaled, const float* x, std::size_t length) {
  float* a = w;
  float* b = w + stride;
  float* c = w + 2 * stride;
  float* d = w + 3 * stride;
  // s0-s7: x   s8-s15, s16-s23: weights   s24-s27: scaled
  asm volatile(
      "vldmia %[scaled], {s24-s27}\n"
      "1:\n"
      "vldmia %[x]!, {s0-s7}\n"
      "vldmia %[a], {s8-s15}\n"
      "vldmia %[b], {s16-s23}\n"
      "vfma.f32 s8, s0, s24; vfma.f32 s9, s1, s24; vfma.f32 s10, s2, s24; vfma.f32 s11, s3, s24\n"
      "vfma.f32 s12, s4, s24; vfma.f32 s13, s5, s24; vfma.f32 s14, s6, s24; vfma.f32 s15, s7, s24\n"
      "vfma.f32 s16, s0, s25; vfma.f32 s17, s1, s25; vfma.f32 s18, s2, s25; vfma.f32 s19, s3, s25\n"
      "vfma.f32 s20, s4, s25; vfma.f32 s21, s5, s25; vfma.f32 s22, s6, s25; vfma.f32 s23, s7, s25\n"
      "vstmia %[a]!, {s8-s15}\n"
      "vstmia %[b]!, {s16-s23}\n"
      "vldmia %[c], {s8-s15}\n"
      "vldmia %[d], {s16-s23}\n"
      "vfma.f32 s8, s0, s26; vfma.f32 s9, s1, s26; vfma.f32 s10, s2, s26; vfma.f32 s11, s3, s26\n"
      "vfma.f32 s12, s4, s26; vfma.f32 s13, s5, s26; vfma.f32 s14, s6, s26; vfma.f32 s15, s7, s26\n"
      "vfma.f32 s16, s0, s27; vfma.f32 s17, s1, s27; vfma.f32 s18, s2, s27; vfma.f32 s19, s3, s27\n"
      "vfma.f32 s20, s4, s27; vfma.f32 s21, s5, s27; vfma.f32 s22, s6, s27; vfma.f32 s23, s7, s27\n"
      "vstmia %[c]!, {s8-s15}\n"
      "vstmia %[d]!, {s16-s23}\n"
      "subs %[left], #8\n"
      "bne 1b"
      : [x] "+&r"(x), [a] "+&r"(a), [b] "+&r"(b), [c] "+&r"(c), [d] "+&r"(d), [left] "+&r"(length)
      : [scaled] "r"(scaled)
      : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
        "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27");
}

// Adds scaled·x to w, of any length.
[[gnu::noinline]] inline void fused_add_to_row(float* w, float scaled, const float* x, std::size_t length) {
  std::size_t left = length / 8;
  if (left > 0)
    asm volatile(
        "1:\n"
        "vldmia %[x]!, {s0-s7}\n"
        "vldmia %[w], {s8-s15}\n"
        "vfma.f32 s8, s0, %[scaled]; vfma.f32 s9, s1, %[scaled]; vfma.f32 s10, s2, %[scaled]; vfma.f32 s11, s3, %[scaled]\n"
        "vfma.f32 s12, s4, %[scaled]; vfma.f32 s13, s5, %[scaled]; vfma.f32 s14, s6, %[scaled]; vfma.f32 s15, s7, %[scaled]\n"
        "vstmia %[w]!, {s8-s15}\n"
        "subs %[left], #1\n"
        "bne 1b"
        : [w] "+&r"(w), [x] "+&r"(x), [left] "+&r"(left)
        : [scaled] "t"(scaled)
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15");
  for (length %= 8; length > 0; --length, ++w) *w = nn::fused(scaled, *x++, *w);
}

}  // namespace target
