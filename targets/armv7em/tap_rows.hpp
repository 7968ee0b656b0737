// add_taps<Fused>(sum, w, x, count, taps): sum[i] += w[t][i]·x[t][i] for taps t, in order, of rows of `count` numbers one behind
// the other, on an FPU: eight sums stay in registers for up to three taps. Three taps of eight take 58 instructions, fused 34.
#pragma once

#include <algorithm>
#include <cstddef>

#include "nn/number/fused.hpp"

namespace target {

template <int Taps, bool Fused>
[[gnu::noinline]] void add_some_taps(float* sum, const float* w0, const float* x0, std::size_t count) {
  const float *w1 = w0 + count, *w2 = w1 + count, *x1 = x0 + count, *x2 = x1 + count;
  std::size_t left = count / 8;
  // s0-s7: weights, products   s8-s15: x   s16-s23: sums
  if (left > 0)
    asm volatile(
        ".macro add_tap w, x\n"
        "vldmia \\w!, {s0-s7}\nvldmia \\x!, {s8-s15}\n"
        ".if %c[fused]\n"
        "vfma.f32 s16, s0, s8; vfma.f32 s17, s1, s9; vfma.f32 s18, s2, s10; vfma.f32 s19, s3, s11\n"
        "vfma.f32 s20, s4, s12; vfma.f32 s21, s5, s13; vfma.f32 s22, s6, s14; vfma.f32 s23, s7, s15\n"
        ".else\n"
        "vmul.f32 s0, s0, s8; vmul.f32 s1, s1, s9; vmul.f32 s2, s2, s10; vmul.f32 s3, s3, s11\n"
        "vmul.f32 s4, s4, s12; vmul.f32 s5, s5, s13; vmul.f32 s6, s6, s14; vmul.f32 s7, s7, s15\n"
        "vadd.f32 s16, s16, s0; vadd.f32 s17, s17, s1; vadd.f32 s18, s18, s2; vadd.f32 s19, s19, s3\n"
        "vadd.f32 s20, s20, s4; vadd.f32 s21, s21, s5; vadd.f32 s22, s22, s6; vadd.f32 s23, s23, s7\n"
        ".endif\n"
        ".endm\n"
        "1:\n"
        "vldmia %[sum], {s16-s23}\n"
        "add_tap %[w0], %[x0]\n"
        ".if %c[taps] > 1\nadd_tap %[w1], %[x1]\n.endif\n"
        ".if %c[taps] > 2\nadd_tap %[w2], %[x2]\n.endif\n"
        "vstmia %[sum]!, {s16-s23}\n"
        "subs %[left], #1\n"
        "bne 1b\n"
        ".purgem add_tap"
        : [sum] "+&r"(sum), [w0] "+&r"(w0), [w1] "+&r"(w1), [w2] "+&r"(w2), [x0] "+&r"(x0), [x1] "+&r"(x1), [x2] "+&r"(x2),
          [left] "+&r"(left)
        : [taps] "i"(Taps), [fused] "i"(Fused)
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15",
          "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23");
  // What is no whole block.
  const std::size_t rest = count % 8;
  for (std::size_t i = 0; i < rest; ++i)
    for (std::size_t t = 0; t < Taps; ++t) {
      const float weight = w0[t * count + i], input = x0[t * count + i];
      sum[i] = Fused ? nn::fused(weight, input, sum[i]) : sum[i] + weight * input;
    }
}

template <bool Fused>
void add_taps(float* sum, const float* w, const float* x, std::size_t count, std::size_t taps) {
  while (taps > 0) {
    const std::size_t some = std::min<std::size_t>(taps, 3);
    if (some == 3) add_some_taps<3, Fused>(sum, w, x, count);
    else if (some == 2) add_some_taps<2, Fused>(sum, w, x, count);
    else add_some_taps<1, Fused>(sum, w, x, count);
    w += some * count;
    x += some * count;
    taps -= some;
  }
}

}  // namespace target
