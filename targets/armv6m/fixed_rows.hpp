// Rows of 16-bit numbers on Cortex-M0, in assembly: eight low registers are all there is, and only one form of LDRSH, a base
// plus an index that the rows share. Armv6-M ARM (DDI 0419), sections A6.7.41 (LDRSH), A6.7.44 (MULS).
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

// w·x of the row at `first` and of the one `stride` behind it: each input is loaded once for both. count >= 1.
[[gnu::noinline, gnu::optimize("omit-frame-pointer")]] inline TwoSums dot_two_rows(const std::int16_t* first, std::size_t stride,
                                                                                   const std::int16_t* x, std::size_t count) {
  // Ends of the rows and an index from -2·count up to 0.
  const std::int16_t* a = first + count;
  const std::int16_t* b = a + stride;
  x += count;
  auto i = -static_cast<std::int32_t>(2 * count);
  Sum p{0, 0}, q{0, 0};
  std::int32_t input, product;
  asm volatile(
      ".syntax unified\n"
      "1:\n"
      "ldrsh %[input], [%[x], %[i]]\n"
      "ldrsh %[product], [%[a], %[i]]\n"
      "muls %[product], %[input], %[product]\n"
      "adds %[p], %[p], %[product]\n"
      "bvs 3f\n"
      "2:\n"
      "ldrsh %[product], [%[b], %[i]]\n"
      "muls %[product], %[input], %[product]\n"
      "adds %[q], %[q], %[product]\n"
      "bvs 4f\n"
      "5:\n"
      "adds %[i], %[i], #2\n"
      "bne 1b\n"
      "b 9f\n"
      // Above the range if the sum is negative now, else below it.
      "3:\n"
      "asrs %[product], %[p], #31\n"
      "adds %[product], %[product], %[product]\n"
      "adds %[product], %[product], #1\n"
      "rsbs %[product], %[product], #0\n"
      "add %[p_high], %[p_high], %[product]\n"
      "b 2b\n"
      "4:\n"
      "asrs %[product], %[q], #31\n"
      "adds %[product], %[product], %[product]\n"
      "adds %[product], %[product], #1\n"
      "rsbs %[product], %[product], #0\n"
      "add %[q_high], %[q_high], %[product]\n"
      "b 5b\n"
      "9:\n"
      : [i] "+l"(i), [p] "+l"(p.low), [q] "+l"(q.low), [p_high] "+h"(p.high), [q_high] "+h"(q.high), [input] "=&l"(input),
        [product] "=&l"(product)
      : [x] "l"(x), [a] "l"(a), [b] "l"(b)
      : "cc", "memory");
  return {p, q};
}

// Wᵀ·g for one column, `stride` from row to row. rows >= 1.
[[gnu::noinline]] inline std::int64_t dot_column(const std::int16_t* w, std::size_t stride, const std::int16_t* g, std::size_t rows) {
  g += rows;
  auto i = -static_cast<std::int32_t>(2 * rows);
  Sum p{0, 0};
  std::int32_t product, factor;
  asm volatile(
      ".syntax unified\n"
      "1:\n"
      "movs %[factor], #0\n"
      "ldrsh %[product], [%[w], %[factor]]\n"
      "ldrsh %[factor], [%[g], %[i]]\n"
      "add %[w], %[w], %[stride]\n"
      "muls %[product], %[factor], %[product]\n"
      "adds %[p], %[p], %[product]\n"
      "bvs 3f\n"
      "2:\n"
      "adds %[i], %[i], #2\n"
      "bne 1b\n"
      "b 9f\n"
      "3:\n"
      "asrs %[product], %[p], #31\n"
      "adds %[product], %[product], %[product]\n"
      "adds %[product], %[product], #1\n"
      "rsbs %[product], %[product], #0\n"
      "add %[high], %[high], %[product]\n"
      "b 2b\n"
      "9:\n"
      : [w] "+l"(w), [i] "+l"(i), [p] "+l"(p.low), [high] "+h"(p.high), [product] "=&l"(product), [factor] "=&l"(factor)
      : [g] "l"(g), [stride] "h"(2 * stride)
      : "cc", "memory");
  return p;
}

// w[i] ← w[i] + m·x[i] / 2^k, to the nearest, … count >= 1.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count, nn::NearestRow) {
  w += count;
  x += count;
  auto i = -static_cast<std::int32_t>(2 * count);
  std::int32_t sum, weight;
  asm volatile(
      ".syntax unified\n"
      "1:\n"
      "ldrsh %[sum], [%[x], %[i]]\n"
      "ldrsh %[weight], [%[w], %[i]]\n"
      "muls %[sum], %[m], %[sum]\n"
      "add %[sum], %[sum], %[half]\n"
      "asrs %[sum], %[sum], %[k]\n"
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
      : [i] "+l"(i), [sum] "=&l"(sum), [weight] "=&l"(weight)
      : [w] "l"(w), [x] "l"(x), [m] "l"(step.m), [k] "l"(step.k), [half] "h"(std::int32_t{1} << (step.k - 1))
      : "cc", "memory");
}

inline std::int16_t saturated(std::int32_t x) {
  const auto low = static_cast<std::int16_t>(x);
  return low == x ? low : static_cast<std::int16_t>(x >> 31 ^ 0x7fff);
}

// … or up or down at random. For k >= 16, m·x / 2^(k-16) has the 16 bits that a random number is added to.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count, nn::RandomRow row) {
  if (const int shift = step.k - 16; shift >= 0) {
    for (; count >= 2; count -= 2, w += 2, x += 2) {
      row.advance();
      w[0] = saturated(w[0] + ((((step.m * x[0]) >> shift) + row.even()) >> 16));
      w[1] = saturated(w[1] + ((((step.m * x[1]) >> shift) + row.odd()) >> 16));
    }
  }
  for (; count > 0; --count, ++w) *w = saturated(*w + row.next()(step.m * *x++, step.k));
}

}  // namespace target
