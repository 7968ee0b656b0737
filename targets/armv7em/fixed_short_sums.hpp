// Sums of products of 16 bits in 32: one register a sum, where 64 bits take two. They hold unless the flag Q, which SMLAD and
// SMLAxy set when a sum leaves 32 bits and nothing resets, is set behind the last: then the sums are made anew, in 64 bits.
// Armv7-M ARM (DDI 0403), sections A2.3.2 (APSR), A7.7.134 (SMLABB), A7.7.136 (SMLAD).
#pragma once

#include <cstddef>
#include <cstdint>

namespace target {

// y[o] = W[o]·x of an even number of rows, each of whole blocks of 16, all at addresses that are multiples of 4; false: a sum
// does not fit. Two rows at a time: 47 instructions for 64 products and 18 more.
struct ShortRows {
  const std::int16_t *w, *x, *end;  // x to its end
  std::int32_t *y, *y_end;
  std::size_t bytes;  // of a row
};
[[gnu::noinline]] inline bool dot_short_rows(ShortRows m) {
  std::uint32_t a, b, x, p, q;
  asm volatile(
      ".macro eight_of_each\n"
      "ldmia %[x]!, {r0, r1, r2, r3}\n"
      "ldmia %[a]!, {r4, r5, r6, r8}\n"
      "smlad %[p], r4, r0, %[p]; smlad %[p], r5, r1, %[p]; smlad %[p], r6, r2, %[p]; smlad %[p], r8, r3, %[p]\n"
      "ldmia %[b]!, {r4, r5, r6, r8}\n"
      "smlad %[q], r4, r0, %[q]; smlad %[q], r5, r1, %[q]; smlad %[q], r6, r2, %[q]; smlad %[q], r8, r3, %[q]\n"
      ".endm\n"
      "ldr %[b], %[w]\n"
      "mov r0, #0\n"
      "msr apsr_nzcvq, r0\n"
      "0:\n"  // the next row lies behind the last
      "mov %[a], %[b]\n"
      "ldr r0, %[bytes]\n"
      "add %[b], %[b], r0\n"
      "ldr %[x], %[from]\n"
      "mov %[p], #0\n"
      "mov %[q], #0\n"
      "lsls r0, r0, #26\n"  // an odd number of blocks begins in the middle
      "bmi 2f\n"
      "1: eight_of_each\neight_of_each\n"
      "2: eight_of_each\neight_of_each\n"
      "ldr r0, %[end]\n"
      "cmp %[x], r0\n"
      "bne 1b\n"
      "ldr r0, %[y]\n"
      "ldr r1, %[y_end]\n"
      "strd %[p], %[q], [r0], #8\n"
      "str r0, %[y]\n"
      "cmp r0, r1\n"
      "bne 0b\n"
      "mrs %[p], apsr\n"
      ".purgem eight_of_each"
      : [a] "=&r"(a), [b] "=&r"(b), [x] "=&r"(x), [p] "=&r"(p), [q] "=&r"(q), [y] "+m"(m.y)
      : [w] "m"(m.w), [from] "m"(m.x), [end] "m"(m.end), [y_end] "m"(m.y_end), [bytes] "m"(m.bytes)
      : "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r8");
  return (p & 1u << 27) == 0;
}

// sum[i] += w[t][i]·x[t][i] for rows t of `Count` numbers one behind the other, at addresses that are multiples of 4, of channels
// [0, groups · 4); false: a sum does not fit. Four sums of three taps take 23 instructions.
template <int Taps, std::size_t Count>
[[gnu::noinline]] bool add_some_short_taps(std::int32_t* sum, const std::int16_t* w, const std::int16_t* x, std::size_t groups) {
  std::uint32_t flags = groups;
  asm volatile(
      ".macro four_products tap\n"
      ".if \\tap < %c[taps]\n"
      ".if \\tap == 0\n"
      "ldrd r0, r1, [%[x]], #8\n"
      "ldrd r2, r3, [%[w]], #8\n"
      ".else\n"
      "ldrd r0, r1, [%[x], #(\\tap * %c[stride] - 8)]\n"
      "ldrd r2, r3, [%[w], #(\\tap * %c[stride] - 8)]\n"
      ".endif\n"
      "smlabb r4, r0, r2, r4; smlatt r5, r0, r2, r5; smlabb r6, r1, r3, r6; smlatt r8, r1, r3, r8\n"
      ".endif\n"
      ".endm\n"
      "movs r0, #0\n"
      "msr apsr_nzcvq, r0\n"
      "1:\n"
      "ldmia %[sum], {r4, r5, r6, r8}\n"
      "four_products 0\nfour_products 1\nfour_products 2\n"
      "stmia %[sum]!, {r4, r5, r6, r8}\n"
      "subs %[left], #1\n"
      "bne 1b\n"
      "mrs %[left], apsr\n"
      ".purgem four_products"
      : [sum] "+&r"(sum), [w] "+&r"(w), [x] "+&r"(x), [left] "+&r"(flags)
      : [taps] "i"(Taps), [stride] "i"(2 * Count)
      : "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r8");
  return (flags & 1u << 27) == 0;
}

template <std::size_t Count>
bool add_short_taps(std::int32_t* sum, const std::int16_t* w, const std::int16_t* x, std::size_t groups, std::size_t taps) {
  for (; taps > 3; taps -= 3, w += 3 * Count, x += 3 * Count)
    if (!add_some_short_taps<3, Count>(sum, w, x, groups)) return false;
  return taps == 3   ? add_some_short_taps<3, Count>(sum, w, x, groups)
         : taps == 2 ? add_some_short_taps<2, Count>(sum, w, x, groups)
                     : add_some_short_taps<1, Count>(sum, w, x, groups);
}

// y[i] = sum[i] / 2^Dropped, to the nearest, within 16 bits, of groups of four, y at an address that is a multiple of 4: 14
// instructions a group.
template <int Dropped>
[[gnu::noinline]] void narrow_short(std::int16_t* y, const std::int32_t* sum, std::size_t groups) {
  static_assert(Dropped > 0 && Dropped < 16, "what saturates 32 bits is beyond 16");
  asm volatile(
      "1:\n"
      "ldmia %[sum]!, {r3, r4, r5, r6}\n"
      "qadd r3, r3, %[half]; qadd r4, r4, %[half]; qadd r5, r5, %[half]; qadd r6, r6, %[half]\n"
      "ssat r3, #16, r3, asr %[dropped]; ssat r4, #16, r4, asr %[dropped]\n"
      "ssat r5, #16, r5, asr %[dropped]; ssat r6, #16, r6, asr %[dropped]\n"
      "pkhbt r3, r3, r4, lsl #16; pkhbt r5, r5, r6, lsl #16\n"
      "strd r3, r5, [%[y]], #8\n"
      "subs %[left], #1\n"
      "bne 1b"
      : [y] "+&r"(y), [sum] "+&r"(sum), [left] "+&r"(groups)
      : [half] "r"(1 << (Dropped - 1)), [dropped] "i"(Dropped)
      : "cc", "memory", "r3", "r4", "r5", "r6");
}

}  // namespace target
