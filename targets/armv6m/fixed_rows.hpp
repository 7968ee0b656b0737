// Rows of 16-bit numbers on Cortex-M0, in assembly: there is one form of LDRSH, a base plus an index that the rows share, and
// few low registers. Seven of them are used at a time, so that the compiler finds them also without optimization.
// Armv6-M ARM (DDI 0419), sections A6.7.41 (LDRSH), A6.7.44 (MULS).
//
// A sum has 32 bits; the flag V says when it leaves them, and a carry to the high word is noted then.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/number/fixed_point.hpp"
#include "nn/row_step.hpp"

namespace target {

struct TwoSums {
  std::int64_t first, second;
};

// What lies above the low word, read as a signed number.
struct Sum {
  std::int32_t low, high;
  operator std::int64_t() const { return (std::int64_t{high} << 32) + low; }
};

// w·x of the row at `first` and of the one `stride` behind it: each input is loaded once for both. 1 <= count < 2^16.
[[gnu::noinline]] inline TwoSums dot_two_rows(const std::int16_t* first, std::size_t stride, const std::int16_t* x,
                                              std::size_t count) {
  // Ends of the rows and an index from -2·count up to 0.
  const std::int16_t* a = first + count;
  auto i = -static_cast<std::int32_t>(2 * count);
  std::int32_t p = 0, q = 0;
  x += count;
  auto product = reinterpret_cast<std::int32_t>(a + stride);
  std::int32_t input;  // in the end the carries of p, and 2^16 times those of q
  // r12: end of the second row   lr: carries
  asm volatile(
      ".syntax unified\n"
      "mov r12, %[product]\nmov lr, %[p]\n"
      "1:\n"
      "ldrsh %[input], [%[x], %[i]]\n"
      "ldrsh %[product], [%[a], %[i]]\n"
      "muls %[product], %[input], %[product]\n"
      "adds %[p], %[p], %[product]\n"
      "bvs 3f\n"
      "2:\n"
      "mov %[product], r12\n"
      "ldrsh %[product], [%[product], %[i]]\n"
      "muls %[product], %[input], %[product]\n"
      "adds %[q], %[q], %[product]\n"
      "bvs 4f\n"
      "5:\n"
      "adds %[i], %[i], #2\n"
      "bne 1b\n"
      "b 9f\n"
      // Above the range if the sum is negative now, else below it: 1 or -1.
      "3:\n"
      "asrs %[product], %[p], #31\nadds %[product], %[product], %[product]\nadds %[product], %[product], #1\n"
      "rsbs %[product], %[product], #0\n"
      "add lr, lr, %[product]\n"
      "b 2b\n"
      "4:\n"
      "asrs %[product], %[q], #31\nadds %[product], %[product], %[product]\nadds %[product], %[product], #1\n"
      "lsls %[product], %[product], #16\n"
      "rsbs %[product], %[product], #0\n"
      "add lr, lr, %[product]\n"
      "b 5b\n"
      "9:\n"
      "mov %[input], lr\n"
      : [i] "+&l"(i), [p] "+&l"(p), [q] "+&l"(q), [input] "=&l"(input), [product] "+&l"(product)
      : [a] "l"(a), [x] "l"(x)
      : "cc", "memory", "r12", "lr");
  const auto carries_of_p = static_cast<std::int16_t>(input);
  return {Sum{p, carries_of_p}, Sum{q, (input - carries_of_p) >> 16}};
}

// Wᵀ·g for one column, `stride` from row to row. rows >= 1.
[[gnu::noinline]] inline std::int64_t dot_column(const std::int16_t* w, std::size_t stride, const std::int16_t* g,
                                                 std::size_t rows) {
  g += rows;
  auto i = -static_cast<std::int32_t>(2 * rows);
  Sum p{0, 0};
  auto product = static_cast<std::int32_t>(2 * stride);
  std::int32_t factor;
  // r12: from row to row, in bytes
  asm volatile(
      ".syntax unified\n"
      "mov r12, %[product]\n"
      "1:\n"
      "movs %[factor], #0\n"
      "ldrsh %[product], [%[w], %[factor]]\n"
      "ldrsh %[factor], [%[g], %[i]]\n"
      "add %[w], %[w], r12\n"
      "muls %[product], %[factor], %[product]\n"
      "adds %[p], %[p], %[product]\n"
      "bvs 3f\n"
      "2:\n"
      "adds %[i], %[i], #2\n"
      "bne 1b\n"
      "b 9f\n"
      "3:\n"
      "asrs %[product], %[p], #31\nadds %[product], %[product], %[product]\nadds %[product], %[product], #1\n"
      "rsbs %[product], %[product], #0\n"
      "add %[high], %[high], %[product]\n"
      "b 2b\n"
      "9:\n"
      : [w] "+&l"(w), [i] "+&l"(i), [p] "+&l"(p.low), [high] "+&l"(p.high), [product] "+&l"(product), [factor] "=&l"(factor)
      : [g] "l"(g)
      : "cc", "memory", "r12");
  return p;
}

inline TwoSums dot_two_columns(const std::int16_t* w, std::size_t stride, const std::int16_t* g, std::size_t rows) {
  return {dot_column(w, stride, g, rows), dot_column(w + 1, stride, g, rows)};
}

// w·x of two rows of 8-bit numbers, at most 2^16 of them: 32 bits suffice.
[[gnu::noinline]] inline TwoSums dot_two_rows(const std::int8_t* first, std::size_t stride, const std::int8_t* x,
                                              std::size_t count) {
  const std::int8_t* second = first + stride;
  std::int32_t p = 0;
  std::int32_t q = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t input = x[i];
    p += first[i] * input;
    q += second[i] * input;
  }
  return {p, q};
}

// w[i] ← w[i] + m·x[i] / 2^k, to the nearest. count >= 1.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count,
                                      nn::NearestRow) {
  w += count;
  x += count;
  auto i = -static_cast<std::int32_t>(2 * count);
  std::int32_t sum = 1 << (step.k - 1), weight;
  // r12: one half
  asm volatile(
      ".syntax unified\n"
      "mov r12, %[sum]\n"
      "1:\n"
      "ldrsh %[sum], [%[x], %[i]]\n"
      "muls %[sum], %[m], %[sum]\n"
      "add %[sum], %[sum], r12\n"
      "asrs %[sum], %[sum], %[k]\n"
      "ldrsh %[weight], [%[w], %[i]]\n"
      "adds %[sum], %[sum], %[weight]\n"
      "sxth %[weight], %[sum]\n"
      "cmp %[weight], %[sum]\n"
      "bne 3f\n"
      "2:\n"
      "strh %[weight], [%[w], %[i]]\n"
      "adds %[i], %[i], #2\n"
      "bne 1b\n"
      "b 9f\n"
      "3:\n"  // 0x7fff or 0x8000
      "asrs %[weight], %[sum], #31\n"
      "movs %[sum], #128\n"
      "lsls %[sum], %[sum], #8\n"
      "subs %[sum], %[sum], #1\n"
      "eors %[weight], %[weight], %[sum]\n"
      "b 2b\n"
      "9:\n"
      : [i] "+&l"(i), [sum] "+&l"(sum), [weight] "=&l"(weight)
      : [w] "l"(w), [x] "l"(x), [m] "l"(step.m), [k] "l"(step.k)
      : "cc", "memory", "r12");
}

inline std::int16_t saturated(std::int32_t x) {
  const auto low = static_cast<std::int16_t>(x);
  return low == x ? low : static_cast<std::int16_t>(x >> 31 ^ 0x7fff);
}

}  // namespace target

#include "byte_rows.hpp"
#include "random_row.hpp"
