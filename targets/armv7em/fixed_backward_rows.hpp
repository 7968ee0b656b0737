// nn::BackwardKernels of numbers of 16 bits: exact sums of 64 bits, of two to four columns in registers while positions pass
// (SMLAL<x><y>). A position takes 13 instructions for four columns. Armv7-M ARM (DDI 0403), section A7.7.138.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/backward_kernels.hpp"

namespace target {

// What does not change while positions pass lies in memory, as sums take eight registers. Steps are in bytes.
struct FixedWalk {
  std::ptrdiff_t a_step, b_step, a_further, b_further;
  std::size_t count;
};

// sum[i] += Σ a[p]·b[p][i], or Products: Σ a[p][i]·b[p][i]. Beside: each a lies beside the one before.
template <int Columns, bool Products, bool Beside>
[[gnu::always_inline]] inline void add_few_columns(std::int64_t* sum, const std::int16_t* a, const std::int16_t* b,
                                                   const FixedWalk& walk, std::size_t runs) {
  std::uint32_t s0, s1, s2, s3, s4, s5, s6, s7, x, y;
  std::size_t count;
  asm volatile(
      "ldr %[x], %[sum]\nldrd %[s0], %[s1], [%[x]]\nldrd %[s2], %[s3], [%[x], #8]\n"
      ".if %c[columns] > 2\nldrd %[s4], %[s5], [%[x], #16]\n.endif\n"
      ".if %c[columns] > 3\nldrd %[s6], %[s7], [%[x], #24]\n.else\nldr %[s6], %[a_step]\n.endif\n"
      "3:\n"
      "ldr %[count], %[all]\n"
      "1:\n"
      ".if %c[products]\n"
      "ldr %[x], [%[a]]\nldr %[y], [%[b]]\nsmlalbb %[s0], %[s1], %[x], %[y]\nsmlaltt %[s2], %[s3], %[x], %[y]\n"
      "ldr %[x], [%[a], #4]\nldr %[y], [%[b], #4]\nsmlalbb %[s4], %[s5], %[x], %[y]\nsmlaltt %[s6], %[s7], %[x], %[y]\n"
      ".else\n.if %c[beside]\nldrsh %[x], [%[a]], #2\n.else\nldrsh %[x], [%[a]]\n.endif\n"
      "cbz %[x], 2f\nldr %[y], [%[b]]\nsmlalbb %[s0], %[s1], %[x], %[y]\nsmlalbt %[s2], %[s3], %[x], %[y]\n"
      ".if %c[columns] == 3\nldrsh %[y], [%[b], #4]\nsmlalbb %[s4], %[s5], %[x], %[y]\n.endif\n"
      ".if %c[columns] == 4\nldr %[y], [%[b], #4]\nsmlalbb %[s4], %[s5], %[x], %[y]\nsmlalbt %[s6], %[s7], %[x], %[y]\n.endif\n"
      "2:\n.endif\n"
      ".if !%c[beside]\n.if %c[columns] > 3\nldr %[x], %[a_step]\nadd %[a], %[x]\n.else\nadd %[a], %[s6]\n.endif\n.endif\n"
      "add %[b], %[b_step]\n"
      "subs %[count], #1\nbne 1b\n"
      "ldr %[x], %[a_further]\nldr %[y], %[b_further]\nadd %[a], %[x]\nadd %[b], %[y]\n"
      "ldr %[x], %[runs]\nsubs %[x], #1\nstr %[x], %[runs]\nbne 3b\n"
      "ldr %[x], %[sum]\nstrd %[s0], %[s1], [%[x]]\nstrd %[s2], %[s3], [%[x], #8]\n"
      ".if %c[columns] > 2\nstrd %[s4], %[s5], [%[x], #16]\n.endif\n.if %c[columns] > 3\nstrd %[s6], %[s7], [%[x], #24]\n.endif"
      : [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [s4] "=&r"(s4), [s5] "=&r"(s5), [s6] "=&r"(s6),
        [s7] "=&r"(s7), [x] "=&l"(x), [y] "=&r"(y), [a] "+&r"(a), [b] "+&r"(b), [count] "=&r"(count), [runs] "+m"(runs)
      : [sum] "m"(sum), [all] "m"(walk.count), [a_step] "m"(walk.a_step), [b_step] "r"(walk.b_step),
        [a_further] "m"(walk.a_further), [b_further] "m"(walk.b_further), [columns] "i"(Columns), [products] "i"(Products),
        [beside] "i"(Beside)
      : "cc", "memory");
}

// Of any number of columns.
template <bool Products, bool Beside>
[[gnu::noinline]] inline void add_columns(std::int64_t* sum, std::size_t columns, const std::int16_t* a, const std::int16_t* b,
                                          const nn::BackwardWalk& all) {
  const FixedWalk walk{2 * all.step, 2 * all.row_step, 2 * all.further, 2 * all.row_further, all.count};
  for (; columns >= 4; columns -= 4, sum += 4, b += 4, a += Products ? 4 : 0)
    add_few_columns<4, Products, Beside>(sum, a, b, walk, all.runs);
  if constexpr (!Products) {
    if (columns == 3) return add_few_columns<3, Products, Beside>(sum, a, b, walk, all.runs);
    if (columns == 2) return add_few_columns<2, Products, Beside>(sum, a, b, walk, all.runs);
  }
  for (; columns > 0; --columns, ++sum, ++b, a += Products ? 1 : 0) {
    std::int64_t one = *sum;
    all.for_each(a, b, [&one](const std::int16_t* x, const std::int16_t* y) { one += std::int32_t{*x} * *y; });
    *sum = one;
  }
}

}  // namespace target
