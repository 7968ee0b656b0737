// Rows of 8-bit numbers: the vector is widened once for all rows. Armv7-M ARM (DDI 0403), section A7.7.196 (SXTB16).
#pragma once

#include <cstddef>
#include <cstdint>

namespace target {

// Four codes to two words, those of even and of odd places; `count` of them, a multiple of 4.
inline void widen_bytes(const std::int8_t* x, std::size_t count, std::uint32_t* wide) {
  for (const std::int8_t* const end = x + count; x != end; x += 4, wide += 2) {
    std::uint32_t codes;
    __builtin_memcpy(&codes, x, sizeof codes);
    asm("sxtb16 %0, %1" : "=r"(wide[0]) : "r"(codes));
    asm("sxtb16 %0, %1, ror #8" : "=r"(wide[1]) : "r"(codes));
  }
}

// y[o] += W[o]·x of an even number of rows of `row` bytes, of their first codes, a multiple of 16, as many as are widened from x
// to its end; rows and what is widened lie at words. Two rows at a time: 41 instructions for 32 products and 16 more.
struct ByteRows {
  const std::int8_t* w;
  const std::uint32_t *x, *end;
  std::int32_t *y, *y_end;
  std::size_t row, gap;  // bytes of a row, of those not taken
};
[[gnu::noinline]] inline void add_byte_rows(ByteRows m) {
  std::uint32_t a, b, x, p, q;
  asm volatile(
      ".macro four_codes sum, word, even, odd\n"
      "sxtb16 r6, \\word\n"
      "sxtb16 \\word, \\word, ror #8\n"
      "smlad \\sum, r6, \\even, \\sum\n"
      "smlad \\sum, \\word, \\odd, \\sum\n"
      ".endm\n"
      "ldr %[a], %[w]\n"
      "0:\n"
      "ldr r0, %[row]\n"
      "add %[b], %[a], r0\n"
      "ldr %[x], %[from]\n"
      "ldr r1, %[y]\n"
      "ldrd %[p], %[q], [r1]\n"
      "1:\n"
      ".rept 2\n"
      "ldmia %[x]!, {r0, r1, r2, r3}\n"
      "ldrd r4, r5, [%[a]], #8\n"
      "four_codes %[p], r4, r0, r1\nfour_codes %[p], r5, r2, r3\n"
      "ldrd r4, r5, [%[b]], #8\n"
      "four_codes %[q], r4, r0, r1\nfour_codes %[q], r5, r2, r3\n"
      ".endr\n"
      "ldr r0, %[end]\n"
      "cmp %[x], r0\n"
      "bne 1b\n"
      "ldr r0, %[y]\n"
      "strd %[p], %[q], [r0], #8\n"
      "str r0, %[y]\n"
      "ldr r1, %[y_end]\n"
      "ldr r2, %[gap]\n"
      "add %[a], %[b], r2\n"
      "cmp r0, r1\n"
      "bne 0b\n"
      ".purgem four_codes"
      : [a] "=&r"(a), [b] "=&r"(b), [x] "=&r"(x), [p] "=&r"(p), [q] "=&r"(q), [y] "+m"(m.y)
      : [w] "m"(m.w), [from] "m"(m.x), [end] "m"(m.end), [y_end] "m"(m.y_end), [row] "m"(m.row), [gap] "m"(m.gap)
      : "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r5", "r6");
}

}  // namespace target
