// nn::BackwardKernels in float on an FPU: sums of eight columns stay in registers while positions pass. A position takes 25
// instructions for eight columns of scaled rows, 22 for eight products of two rows; fused, eight fewer.
// Cortex-M4 TRM (100166), section 7.2.3.
#pragma once

#include <cstddef>

#include "nn/backward_kernels.hpp"
#include "nn/number/fused.hpp"

namespace target {

// From the end of a run of positions to the next, in bytes, and how many a run has.
struct Runs {
  std::ptrdiff_t g_further, x_further;
  std::size_t count;
};

// Of two to eight columns, or of three parts of three.
template <int Columns, int Parts, bool Fused>
[[gnu::noinline]] void add_scaled_columns(float* sum, const float* g, const float* x, const nn::BackwardWalk& walk) {
  const Runs all{4 * walk.further, 4 * walk.row_further, walk.count};
  // From what the last part of a position leaves to the next position.
  const std::ptrdiff_t part_step = 4 * walk.part_step, back = 4 * walk.row_step - (Parts - 1) * part_step;
  std::size_t factor, count, runs = walk.runs;
  // s0-s8: x, products   s10-s18: sums   s24: g
  asm volatile(
      "vldmia %[sum], {s10-s1%c[last]}\n"
      "3:\n"
      "ldr %[count], [%[all], #8]\n"
      "1:\n"
      "ldr %[factor], [%[g]]\nadd %[g], %[step]\nvmov s24, %[factor]\n"
      "lsls %[factor], #1\n"  // 0 and -0 are passed over
      "beq 2f\n"
      ".if %c[parts] == 1\nvldmia %[x], {s0-s%c[last]}\nadd %[x], %[back]\n.else\n"
      "vldmia %[x], {s0-s2}\nadd %[x], %[part]\nvldmia %[x], {s3-s5}\nadd %[x], %[part]\nvldmia %[x], {s6-s8}\n"
      "add %[x], %[back]\n.endif\n"
      ".irp k, 0, 1, 2, 3, 4, 5, 6, 7, 8\n.if \\k <= %c[last]\n"
      ".if %c[fused]\nvfma.f32 s1\\k, s\\k, s24\n.else\nvmul.f32 s\\k, s\\k, s24\n.endif\n.endif\n.endr\n"
      ".irp k, 0, 1, 2, 3, 4, 5, 6, 7, 8\n.if \\k <= %c[last] && !%c[fused]\nvadd.f32 s1\\k, s1\\k, s\\k\n.endif\n.endr\n"
      "4:\n"
      "subs %[count], #1\n"
      "bne 1b\n"
      "ldrd %[count], %[factor], [%[all]]\nadd %[g], %[count]\nadd %[x], %[factor]\n"
      "subs %[runs], #1\n"
      "bne 3b\n"
      "vstmia %[sum], {s10-s1%c[last]}\n"
      "b 5f\n"
      "2:\n"
      "add %[x], %[back]\n.if %c[parts] > 1\nadd %[x], %[x], %[part], lsl #1\n.endif\nb 4b\n"
      "5:"
      : [g] "+&r"(g), [x] "+&r"(x), [count] "=&r"(count), [factor] "=&r"(factor), [runs] "+&r"(runs)
      : [sum] "r"(sum), [all] "r"(&all), [step] "r"(4 * walk.step), [back] "r"(back), [part] "r"(part_step),
        [last] "i"(Columns * Parts - 1), [parts] "i"(Parts), [fused] "i"(Fused)
      : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s10", "s11", "s12", "s13", "s14", "s15", "s16",
        "s17", "s18", "s24");
}

// Of three parts of three, two positions at a time: their rows, one number apart, share what they load. An even count.
[[gnu::noinline]] inline void add_scaled_pairs(float* sum, const float* g, const float* x, const nn::BackwardWalk& walk) {
  const Runs all{4 * walk.further, 4 * walk.row_further, walk.count / 2};
  const std::ptrdiff_t part_step = 4 * walk.part_step;
  std::size_t factor, second, count, runs = walk.runs;
  // s0-s11: x   s12, s13: g   s16-s24: sums   s25-s27: products
  asm volatile(
      ".macro add_part g, x0, x1, x2, sum0, sum1, sum2\n"
      "vmul.f32 s25, \\x0, \\g; vmul.f32 s26, \\x1, \\g; vmul.f32 s27, \\x2, \\g\n"
      "vadd.f32 \\sum0, \\sum0, s25; vadd.f32 \\sum1, \\sum1, s26; vadd.f32 \\sum2, \\sum2, s27\n"
      ".endm\n"
      "vldmia %[sum], {s16-s24}\n"
      "3:\n"
      "ldr %[count], [%[all], #8]\n"
      "1:\n"
      "vldmia %[x], {s0-s3}\nadd %[x], %[part]\nvldmia %[x], {s4-s7}\nadd %[x], %[part]\nvldmia %[x], {s8-s11}\n"
      "add %[x], %[back]\n"
      "ldr %[factor], [%[g]]\nadd %[g], %[step]\nldr %[second], [%[g]]\nadd %[g], %[step]\n"
      "vmov s12, s13, %[factor], %[second]\n"
      "lsls %[factor], #1\nbeq 2f\n"  // 0 and -0 are passed over
      "add_part s12, s0, s1, s2, s16, s17, s18\n"
      "add_part s12, s4, s5, s6, s19, s20, s21\n"
      "add_part s12, s8, s9, s10, s22, s23, s24\n"
      "2:\nlsls %[second], #1\nbeq 2f\n"
      "add_part s13, s1, s2, s3, s16, s17, s18\n"
      "add_part s13, s5, s6, s7, s19, s20, s21\n"
      "add_part s13, s9, s10, s11, s22, s23, s24\n"
      "2:\n"
      "subs %[count], #1\n"
      "bne 1b\n"
      "ldrd %[count], %[factor], [%[all]]\nadd %[g], %[count]\nadd %[x], %[factor]\n"
      "subs %[runs], #1\n"
      "bne 3b\n"
      "vstmia %[sum], {s16-s24}\n"
      ".purgem add_part"
      : [g] "+&r"(g), [x] "+&r"(x), [count] "=&r"(count), [factor] "=&r"(factor), [second] "=&r"(second), [runs] "+&r"(runs)
      : [sum] "r"(sum), [all] "r"(&all), [step] "r"(4 * walk.step), [back] "r"(8 - 2 * part_step), [part] "r"(part_step)
      : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s16", "s17",
        "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27");
}

// Of one.
template <bool Fused>
[[gnu::noinline]] inline void add_scaled_column(float* sum, const float* g, const float* x, const nn::BackwardWalk& walk) {
  float all = *sum;
  walk.for_each(g, x, [&all](const float* factor, const float* number) {
    if (*factor != 0) all = Fused ? nn::fused(*factor, *number, all) : all + *factor * *number;
  });
  *sum = all;
}

template <std::size_t Usual, std::size_t Parts, bool Fused>
[[gnu::always_inline]] inline void add_position_rows(float* sum, std::size_t columns, const float* g, const float* x,
                                                     const nn::BackwardWalk& walk) {
  if constexpr (Parts == 3 && Usual == 3 && !Fused)
    if (walk.row_step == 1 && walk.count % 2 == 0) return add_scaled_pairs(sum, g, x, walk);
  if constexpr (Parts == 3 && Usual == 3) return add_scaled_columns<3, 3, Fused>(sum, g, x, walk);
  static_assert(Parts == 1 || Usual == 3, "target::add_position_rows: parts are three of three");
  if constexpr (Usual >= 8)
    for (; columns >= 8; columns -= 8, sum += 8, x += 8) add_scaled_columns<8, 1, Fused>(sum, g, x, walk);
  if constexpr (constexpr std::size_t rest = Usual % 8; rest > 1)
    if (columns == rest) return add_scaled_columns<rest, 1, Fused>(sum, g, x, walk);
  for (; columns > 0; --columns, ++sum, ++x) add_scaled_column<Fused>(sum, g, x, walk);
}

// Of whole blocks of eight columns.
template <bool Fused>
[[gnu::noinline]] inline void add_products_of_eights(float* sum, std::size_t blocks, const float* a, const float* b,
                                                     const nn::BackwardWalk& walk) {
  const std::ptrdiff_t x_further = 4 * walk.further, y_further = 4 * walk.row_further;
  for (; blocks > 0; --blocks, sum += 8, a += 8, b += 8) {
    const float *x = a, *y = b;
    std::size_t left, runs = walk.runs;
    // s0-s7: a, products   s8-s15: b   s16-s23: sums
    asm volatile(
        "vldmia %[sum], {s16-s23}\n"
        "2:\n"
        "mov %[left], %[count]\n"
        "1:\n"
        "vldmia %[x], {s0-s7}\nadd %[x], %[x_step]\nvldmia %[y], {s8-s15}\nadd %[y], %[y_step]\n"
        ".if %c[fused]\n"
        "vfma.f32 s16, s0, s8; vfma.f32 s17, s1, s9; vfma.f32 s18, s2, s10; vfma.f32 s19, s3, s11\n"
        "vfma.f32 s20, s4, s12; vfma.f32 s21, s5, s13; vfma.f32 s22, s6, s14; vfma.f32 s23, s7, s15\n"
        ".else\n"
        "vmul.f32 s0, s0, s8; vmul.f32 s1, s1, s9; vmul.f32 s2, s2, s10; vmul.f32 s3, s3, s11\n"
        "vmul.f32 s4, s4, s12; vmul.f32 s5, s5, s13; vmul.f32 s6, s6, s14; vmul.f32 s7, s7, s15\n"
        "vadd.f32 s16, s16, s0; vadd.f32 s17, s17, s1; vadd.f32 s18, s18, s2; vadd.f32 s19, s19, s3\n"
        "vadd.f32 s20, s20, s4; vadd.f32 s21, s21, s5; vadd.f32 s22, s22, s6; vadd.f32 s23, s23, s7\n"
        ".endif\n"
        "subs %[left], #1\nbne 1b\n"
        "ldr %[left], %[x_further]\nadd %[x], %[left]\nldr %[left], %[y_further]\nadd %[y], %[left]\n"
        "subs %[runs], #1\nbne 2b\n"
        "vstmia %[sum], {s16-s23}"
        : [x] "+&r"(x), [y] "+&r"(y), [left] "=&r"(left), [runs] "+&r"(runs)
        : [sum] "r"(sum), [count] "r"(walk.count), [x_step] "r"(4 * walk.step), [y_step] "r"(4 * walk.row_step),
          [x_further] "m"(x_further), [y_further] "m"(y_further), [fused] "i"(Fused)
        : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15",
          "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23");
  }
}

}  // namespace target
