// Whole blocks of eight columns on the FPU of Cortex-M4F, M7, M33 and M55, in assembly: a block is loaded and stored by one
// instruction (VLDM, VSTM), which C++ cannot ask for, and takes 1 + 8 cycles instead of 16. The products of a block come
// before its sums, so that no instruction waits for the one before it. Cortex-M4 TRM (100166), section 7.2.3.
//
// Fused: by fused multiply-adds, other bits. Of two rows that is 21 instructions for 16 products, where float takes 37. On M4F
// VFMA takes 3 cycles, VMUL and VADD 1 each: there it saves code and instructions, not time.
//
// Lengths are multiples of 8, and at least 8.
#pragma once

#include <cstddef>

#include "nn/number/fused.hpp"

namespace target {

// a·b + c
template <bool Fused>
float multiply_add(float a, float b, float c) {
  return Fused ? nn::fused(a, b, c) : a * b + c;
}

// sum[2k] and sum[2k + 1] become w·x of the k-th pair of rows. A row lies `stride` behind the one before it.
template <bool Fused>
[[gnu::noinline]] void dot_pairs(const float* w, std::size_t stride, const float* x, std::size_t length, std::size_t pairs,
                                 float* sum) {
  for (; pairs > 0; --pairs) {
    const float* a = w;
    const float* b = w + stride;
    const float* in = x;
    std::size_t left = length;
    // s0-s7: x   s8-s15: weights, products   s16-s23, s24-s31: the lanes of both rows
    asm volatile(
        "vldmia %[x]!, {s0-s7}\nvldmia %[a]!, {s16-s23}\nvldmia %[b]!, {s24-s31}\n"
        "vmul.f32 s16, s16, s0; vmul.f32 s17, s17, s1; vmul.f32 s18, s18, s2; vmul.f32 s19, s19, s3\n"
        "vmul.f32 s20, s20, s4; vmul.f32 s21, s21, s5; vmul.f32 s22, s22, s6; vmul.f32 s23, s23, s7\n"
        "vmul.f32 s24, s24, s0; vmul.f32 s25, s25, s1; vmul.f32 s26, s26, s2; vmul.f32 s27, s27, s3\n"
        "vmul.f32 s28, s28, s4; vmul.f32 s29, s29, s5; vmul.f32 s30, s30, s6; vmul.f32 s31, s31, s7\n"
        "b 2f\n"
        "1:\n"
        "vldmia %[x]!, {s0-s7}\n"
        "vldmia %[a]!, {s8-s15}\n"
        ".if %c[fused]\n"
        "vfma.f32 s16, s8, s0; vfma.f32 s17, s9, s1; vfma.f32 s18, s10, s2; vfma.f32 s19, s11, s3\n"
        "vfma.f32 s20, s12, s4; vfma.f32 s21, s13, s5; vfma.f32 s22, s14, s6; vfma.f32 s23, s15, s7\n"
        "vldmia %[b]!, {s8-s15}\n"
        "vfma.f32 s24, s8, s0; vfma.f32 s25, s9, s1; vfma.f32 s26, s10, s2; vfma.f32 s27, s11, s3\n"
        "vfma.f32 s28, s12, s4; vfma.f32 s29, s13, s5; vfma.f32 s30, s14, s6; vfma.f32 s31, s15, s7\n"
        ".else\n"
        "vmul.f32 s8, s8, s0; vmul.f32 s9, s9, s1; vmul.f32 s10, s10, s2; vmul.f32 s11, s11, s3\n"
        "vmul.f32 s12, s12, s4; vmul.f32 s13, s13, s5; vmul.f32 s14, s14, s6; vmul.f32 s15, s15, s7\n"
        "vadd.f32 s16, s16, s8; vadd.f32 s17, s17, s9; vadd.f32 s18, s18, s10; vadd.f32 s19, s19, s11\n"
        "vadd.f32 s20, s20, s12; vadd.f32 s21, s21, s13; vadd.f32 s22, s22, s14; vadd.f32 s23, s23, s15\n"
        "vldmia %[b]!, {s8-s15}\n"
        "vmul.f32 s8, s8, s0; vmul.f32 s9, s9, s1; vmul.f32 s10, s10, s2; vmul.f32 s11, s11, s3\n"
        "vmul.f32 s12, s12, s4; vmul.f32 s13, s13, s5; vmul.f32 s14, s14, s6; vmul.f32 s15, s15, s7\n"
        "vadd.f32 s24, s24, s8; vadd.f32 s25, s25, s9; vadd.f32 s26, s26, s10; vadd.f32 s27, s27, s11\n"
        "vadd.f32 s28, s28, s12; vadd.f32 s29, s29, s13; vadd.f32 s30, s30, s14; vadd.f32 s31, s31, s15\n"
        ".endif\n"
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
        : [fused] "i"(Fused)
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15",
          "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31");
    w += 2 * stride;
  }
}

// Adds scaled[r]·x to each of the four rows behind w.
template <bool Fused>
[[gnu::noinline]] void add_to_four_rows(float* w, std::size_t stride, const float* scaled, const float* x, std::size_t length) {
  float* a = w;
  float* b = w + stride;
  float* c = w + 2 * stride;
  float* d = w + 3 * stride;
  // s0-s7: x   s8-s15: weights   s16-s23: products   s24-s27: scaled
  asm volatile(
      ".macro add_row w, by\n"
      "vldmia \\w, {s8-s15}\n"
      ".if %c[fused]\n"
      "vfma.f32 s8, s0, \\by; vfma.f32 s9, s1, \\by; vfma.f32 s10, s2, \\by; vfma.f32 s11, s3, \\by\n"
      "vfma.f32 s12, s4, \\by; vfma.f32 s13, s5, \\by; vfma.f32 s14, s6, \\by; vfma.f32 s15, s7, \\by\n"
      ".else\n"
      "vmul.f32 s16, s0, \\by; vmul.f32 s17, s1, \\by; vmul.f32 s18, s2, \\by; vmul.f32 s19, s3, \\by\n"
      "vmul.f32 s20, s4, \\by; vmul.f32 s21, s5, \\by; vmul.f32 s22, s6, \\by; vmul.f32 s23, s7, \\by\n"
      "vadd.f32 s8, s8, s16; vadd.f32 s9, s9, s17; vadd.f32 s10, s10, s18; vadd.f32 s11, s11, s19\n"
      "vadd.f32 s12, s12, s20; vadd.f32 s13, s13, s21; vadd.f32 s14, s14, s22; vadd.f32 s15, s15, s23\n"
      ".endif\n"
      "vstmia \\w!, {s8-s15}\n"
      ".endm\n"
      "vldmia %[scaled], {s24-s27}\n"
      "1:\n"
      "vldmia %[x]!, {s0-s7}\n"
      "add_row %[a], s24\n"
      "add_row %[b], s25\n"
      "add_row %[c], s26\n"
      "add_row %[d], s27\n"
      "subs %[left], #8\n"
      "bne 1b\n"
      ".purgem add_row"
      : [x] "+&r"(x), [a] "+&r"(a), [b] "+&r"(b), [c] "+&r"(c), [d] "+&r"(d), [left] "+&r"(length)
      : [scaled] "r"(scaled), [fused] "i"(Fused)
      : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15",
        "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27");
}

// Adds scaled·x to w, of any length.
template <bool Fused>
[[gnu::noinline]] void add_to_row(float* w, float scaled, const float* x, std::size_t length) {
  std::size_t left = length / 8;
  if (left > 0)
    asm volatile(
        "1:\n"
        "vldmia %[x]!, {s0-s7}\n"
        "vldmia %[w], {s8-s15}\n"
        ".if %c[fused]\n"
        "vfma.f32 s8, s0, %[by]; vfma.f32 s9, s1, %[by]; vfma.f32 s10, s2, %[by]; vfma.f32 s11, s3, %[by]\n"
        "vfma.f32 s12, s4, %[by]; vfma.f32 s13, s5, %[by]; vfma.f32 s14, s6, %[by]; vfma.f32 s15, s7, %[by]\n"
        ".else\n"
        "vmul.f32 s0, s0, %[by]; vmul.f32 s1, s1, %[by]; vmul.f32 s2, s2, %[by]; vmul.f32 s3, s3, %[by]\n"
        "vmul.f32 s4, s4, %[by]; vmul.f32 s5, s5, %[by]; vmul.f32 s6, s6, %[by]; vmul.f32 s7, s7, %[by]\n"
        "vadd.f32 s8, s8, s0; vadd.f32 s9, s9, s1; vadd.f32 s10, s10, s2; vadd.f32 s11, s11, s3\n"
        "vadd.f32 s12, s12, s4; vadd.f32 s13, s13, s5; vadd.f32 s14, s14, s6; vadd.f32 s15, s15, s7\n"
        ".endif\n"
        "vstmia %[w]!, {s8-s15}\n"
        "subs %[left], #1\n"
        "bne 1b"
        : [w] "+&r"(w), [x] "+&r"(x), [left] "+&r"(left)
        : [by] "t"(scaled), [fused] "i"(Fused)
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15");
  for (length %= 8; length > 0; --length, ++w) *w = multiply_add<Fused>(scaled, *x++, *w);
}

}  // namespace target
