// Rows of 8-bit weights that learn, on Cortex-M0, in assembly as fixed_rows.hpp has it, to be included before.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/byte_step.hpp"

namespace target {

// Wᵀ·g for one column and the next, `stride` from row to row. 1 <= rows < 2^9: no sum leaves 32 bits.
[[gnu::noinline]] inline TwoSums dot_two_columns(const std::int8_t* w, std::size_t stride, const std::int16_t* g,
                                                 std::size_t rows) {
  g += rows;
  auto i = -static_cast<std::int32_t>(2 * rows);
  std::int32_t p = 0, q = 0, factor;
  auto product = static_cast<std::int32_t>(stride);
  // r12: from row to row
  asm volatile(
      ".syntax unified\n"
      "mov r12, %[product]\n"
      "1:\n"
      "ldrsh %[factor], [%[g], %[i]]\n"
      "movs %[product], #0\n"
      "ldrsb %[product], [%[w], %[product]]\n"
      "muls %[product], %[factor], %[product]\n"
      "adds %[p], %[p], %[product]\n"
      "movs %[product], #1\n"
      "ldrsb %[product], [%[w], %[product]]\n"
      "muls %[product], %[factor], %[product]\n"
      "adds %[q], %[q], %[product]\n"
      "add %[w], %[w], r12\n"
      "adds %[i], %[i], #2\n"
      "bne 1b\n"
      : [w] "+&l"(w), [i] "+&l"(i), [p] "+&l"(p), [q] "+&l"(q), [product] "+&l"(product), [factor] "=&l"(factor)
      : [g] "l"(g)
      : "cc", "memory", "r12");
  return {p, q};
}

// The last column of an odd number.
inline std::int64_t dot_column(const std::int8_t* w, std::size_t stride, const std::int16_t* g, std::size_t rows) {
  std::int32_t sum = 0;
  for (; rows > 0; --rows, w += stride) sum += *w * std::int32_t{*g++};
  return sum;
}

// w[i] ← w[i] + floor(m·x[i] + r[i]): the weight is the high byte of a sum, r[i] the three below, and what stays there is r[i +
// 1]. Where m·x[i] is 0 nothing changes. count >= 1.
[[gnu::noinline]] inline void add_row(std::int8_t* w, nn::ByteStep step, const std::int8_t* x, std::size_t count,
                                      std::uint32_t rest) {
  w += count;
  x += count;
  auto i = -static_cast<std::int32_t>(count);
  std::uint32_t fraction = rest & 0xffffffu;
  std::int32_t sum, product;
  asm volatile(
      ".syntax unified\n"
      "1:\n"
      "ldrsb %[product], [%[x], %[i]]\n"
      "muls %[product], %[m], %[product]\n"
      "beq 4f\n"
      "ldrb %[sum], [%[w], %[i]]\n"
      "lsls %[sum], %[sum], #24\n"
      "adds %[product], %[product], %[fraction]\n"
      "adds %[sum], %[sum], %[product]\n"
      "bvs 3f\n"
      "lsls %[fraction], %[sum], #8\n"
      "lsrs %[fraction], %[fraction], #8\n"
      "lsrs %[sum], %[sum], #24\n"
      "2:\n"
      "strb %[sum], [%[w], %[i]]\n"
      "4:\n"
      "adds %[i], %[i], #1\n"
      "bne 1b\n"
      "b 9f\n"
      "3:\n"  // 0x7f if the sum is negative now, else 0x80
      "lsls %[fraction], %[sum], #8\n"
      "lsrs %[fraction], %[fraction], #8\n"
      "asrs %[sum], %[sum], #31\n"
      "movs %[product], #128\n"
      "eors %[sum], %[sum], %[product]\n"
      "b 2b\n"
      "9:\n"
      : [i] "+&l"(i), [fraction] "+&l"(fraction), [sum] "=&l"(sum), [product] "=&l"(product)
      : [w] "l"(w), [x] "l"(x), [m] "l"(step.m)
      : "cc", "memory");
}

}  // namespace target
