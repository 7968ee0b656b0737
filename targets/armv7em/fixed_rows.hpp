// Rows of 16-bit and of 8-bit numbers on the DSP instructions of Cortex-M4 and M7, two or four numbers to a register.
// Armv7-M ARM (DDI 0403), sections A7.7.139 (SMLALD), A7.7.142 (SMLAWB), A7.7.104 (PKHTB), A7.7.106 (QADD16).
//
// The loops take their lengths at run time, so that all layers of an image share one copy of each.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/number/fixed_point.hpp"
#include "nn/row_step.hpp"

namespace target {

// LDRD and STRD want addresses that are multiples of 4. Rows that are not are taken number by number.
inline bool at_words(const void* a, const void* b) {
  return ((reinterpret_cast<std::uintptr_t>(a) | reinterpret_cast<std::uintptr_t>(b)) & 3) == 0;
}

// w·x of the row at `first` and of the one `stride` behind it.
struct TwoSums {
  std::int64_t first, second;
};
[[gnu::noinline]] inline TwoSums dot_two_rows(const std::int16_t* first, std::size_t stride, const std::int16_t* x,
                                              std::size_t count) {
  const std::int16_t* second = first + stride;
  TwoSums sum{};
  if (std::size_t left = count & ~std::size_t{7}; left > 0 && at_words(first, second) && at_words(x, x)) {
    count -= left;
    std::uint32_t x0, x1, w0, w1;
    asm volatile(
        "1:\n"
        ".rept 2\n"
        "ldrd %[x0], %[x1], [%[x]], #8\n"
        "ldrd %[w0], %[w1], [%[a]], #8\n"
        "smlald %Q[p], %R[p], %[w0], %[x0]\n"
        "smlald %Q[p], %R[p], %[w1], %[x1]\n"
        "ldrd %[w0], %[w1], [%[b]], #8\n"
        "smlald %Q[q], %R[q], %[w0], %[x0]\n"
        "smlald %Q[q], %R[q], %[w1], %[x1]\n"
        ".endr\n"
        "subs %[left], #8\n"
        "bne 1b"
        : [x] "+&r"(x), [a] "+&r"(first), [b] "+&r"(second), [left] "+&r"(left), [p] "+&r"(sum.first), [q] "+&r"(sum.second),
          [x0] "=&r"(x0), [x1] "=&r"(x1), [w0] "=&r"(w0), [w1] "=&r"(w1)
        :
        : "cc", "memory");
  }
  for (; count > 0; --count) {
    const std::int32_t input = *x++;
    sum.first += *first++ * input;
    sum.second += *second++ * input;
  }
  return sum;
}

// Wᵀ·g for one column, `stride` from row to row, …
[[gnu::noinline]] inline std::int64_t dot_column(const std::int16_t* w, std::size_t stride, const std::int16_t* g,
                                                 std::size_t rows) {
  std::int64_t sum = 0;
  for (; rows > 0; --rows, w += stride) sum += *w * std::int32_t{*g++};
  return sum;
}

// … and for it and the next: four rows at a time, a word of each.
[[gnu::noinline]] inline TwoSums dot_two_columns(const std::int16_t* w, std::size_t stride, const std::int16_t* g,
                                                 std::size_t rows) {
  TwoSums sum{};
  const std::int16_t* const end = g + rows;
  if (std::size_t left = rows / 4; left > 0) {
    std::uint32_t above, below, pair, gradient;
    asm volatile(
        "1:\n"
        "ldr %[above], [%[w]]\n"
        "ldr %[below], [%[w], %[stride]]\n"
        "ldr %[g2], [%[g]], #4\n"
        "pkhbt %[pair], %[above], %[below], lsl #16\n"
        "pkhtb %[below], %[below], %[above], asr #16\n"
        "smlald %Q[p], %R[p], %[pair], %[g2]\n"
        "smlald %Q[q], %R[q], %[below], %[g2]\n"
        "ldr %[above], [%[w], %[stride], lsl #1]\n"
        "ldr %[below], [%[w], %[three]]\n"
        "ldr %[g2], [%[g]], #4\n"
        "add %[w], %[w], %[stride], lsl #2\n"
        "pkhbt %[pair], %[above], %[below], lsl #16\n"
        "pkhtb %[below], %[below], %[above], asr #16\n"
        "smlald %Q[p], %R[p], %[pair], %[g2]\n"
        "smlald %Q[q], %R[q], %[below], %[g2]\n"
        "subs %[left], #1\n"
        "bne 1b"
        : [w] "+&r"(w), [g] "+&r"(g), [left] "+&r"(left), [p] "+&r"(sum.first), [q] "+&r"(sum.second), [above] "=&r"(above),
          [below] "=&r"(below), [pair] "=&r"(pair), [g2] "=&r"(gradient)
        : [stride] "r"(2 * stride), [three] "r"(6 * stride)
        : "cc", "memory");
  }
  for (; g != end; ++g, w += stride) {
    sum.first += w[0] * std::int32_t{*g};
    sum.second += w[1] * std::int32_t{*g};
  }
  return sum;
}

// w·x as above, of 8-bit numbers: at most 2^16 of them.
[[gnu::noinline]] inline TwoSums dot_two_rows(const std::int8_t* first, std::size_t stride, const std::int8_t* x,
                                              std::size_t count) {
  const std::int8_t* second = first + stride;
  std::int32_t p = 0;
  std::int32_t q = 0;
  if (std::size_t left = count & ~std::size_t{7}; left > 0) {
    count -= left;
    std::uint32_t even, odd, w, high;
    asm volatile(
        "1:\n"
        ".rept 2\n"
        "ldr %[odd], [%[x]], #4\n"
        "ldr %[w], [%[a]], #4\n"
        "sxtb16 %[even], %[odd]\n"
        "sxtb16 %[odd], %[odd], ror #8\n"
        "sxtb16 %[high], %[w], ror #8\n"
        "sxtb16 %[w], %[w]\n"
        "smlad %[p], %[high], %[odd], %[p]\n"
        "smlad %[p], %[w], %[even], %[p]\n"
        "ldr %[w], [%[b]], #4\n"
        "sxtb16 %[high], %[w], ror #8\n"
        "sxtb16 %[w], %[w]\n"
        "smlad %[q], %[high], %[odd], %[q]\n"
        "smlad %[q], %[w], %[even], %[q]\n"
        ".endr\n"
        "subs %[left], #8\n"
        "bne 1b"
        : [x] "+&r"(x), [a] "+&r"(first), [b] "+&r"(second), [left] "+&r"(left), [p] "+&r"(p), [q] "+&r"(q), [even] "=&r"(even),
          [odd] "=&r"(odd), [w] "=&r"(w), [high] "=&r"(high)
        :
        : "cc", "memory");
  }
  for (; count > 0; --count) {
    const std::int32_t input = *x++;
    p += *first++ * input;
    q += *second++ * input;
  }
  return {p, q};
}

// sum[i] ← sum[i] + g·x[i], or the limit of 32 bits that it is beyond.
[[gnu::noinline]] inline void add_gradients(std::int32_t* sum, std::int32_t g, const std::int16_t* x, std::size_t count) {
  if (std::size_t left = count & ~std::size_t{7}; left > 0 && at_words(x, sum)) {
    count -= left;
    std::uint32_t x0, x1, product;
    asm volatile(
        "1:\n"
        ".rept 2\n"
        "ldrd %[x0], %[x1], [%[x]], #8\n"
        "ldmia %[sum], {r6, r8, r9, r10}\n"
        "smulbb %[product], %[x0], %[g]\n"
        "smultb %[x0], %[x0], %[g]\n"
        "qadd r6, r6, %[product]\n"
        "qadd r8, r8, %[x0]\n"
        "smulbb %[product], %[x1], %[g]\n"
        "smultb %[x1], %[x1], %[g]\n"
        "qadd r9, r9, %[product]\n"
        "qadd r10, r10, %[x1]\n"
        "stmia %[sum]!, {r6, r8, r9, r10}\n"
        ".endr\n"
        "subs %[left], #8\n"
        "bne 1b"
        : [x] "+&r"(x), [sum] "+&r"(sum), [left] "+&r"(left), [x0] "=&r"(x0), [x1] "=&r"(x1), [product] "=&r"(product)
        : [g] "r"(g)
        : "cc", "memory", "r6", "r8", "r9", "r10");
  }
  for (; count > 0; --count, ++sum) {
    const std::int32_t product = g * *x++;
    asm("qadd %0, %0, %1" : "+r"(*sum) : "r"(product));
  }
}

// w[i] ← w[i] + m·x[i] / 2^k, to the nearest. For k >= 16: m brought to 2^32 / 2^k, products keep their high 32 of 48 bits.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count,
                                      nn::NearestRow) {
  if (std::size_t left = count & ~std::size_t{7}; left > 0 && step.k >= 16 && at_words(w, x)) {
    count -= left;
    std::uint32_t x0, x1, w0, w1, t;
    asm volatile(
        "1:\n"
        ".rept 2\n"
        "ldrd %[x0], %[x1], [%[x]], #8\n"
        "ldrd %[w0], %[w1], [%[w]]\n"
        "smlawb %[t], %[s], %[x0], %[half]\n"
        "smlawt %[x0], %[s], %[x0], %[half]\n"
        "pkhtb %[x0], %[x0], %[t], asr #16\n"
        "qadd16 %[w0], %[w0], %[x0]\n"
        "smlawb %[t], %[s], %[x1], %[half]\n"
        "smlawt %[x1], %[s], %[x1], %[half]\n"
        "pkhtb %[x1], %[x1], %[t], asr #16\n"
        "qadd16 %[w1], %[w1], %[x1]\n"
        "strd %[w0], %[w1], [%[w]], #8\n"
        ".endr\n"
        "subs %[left], #8\n"
        "bne 1b"
        : [x] "+&r"(x), [w] "+&r"(w), [left] "+&r"(left), [x0] "=&r"(x0), [x1] "=&r"(x1), [w0] "=&r"(w0), [w1] "=&r"(w1),
          [t] "=&r"(t)
        : [s] "r"(step.m << (32 - step.k)), [half] "r"(0x8000)
        : "cc", "memory");
  }
  const std::int32_t half = 1 << (step.k - 1);
  for (; count > 0; --count, ++w) {
    std::int32_t sum = *w + ((step.m * *x++ + half) >> step.k);
    asm("ssat %0, #16, %0" : "+r"(sum)::"cc");
    *w = static_cast<std::int16_t>(sum);
  }
}

// The same, rounded up or down at random.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count,
                                      nn::RandomRow row) {
  if (std::size_t left = count & ~std::size_t{3}; left > 0 && step.k >= 16 && at_words(w, x)) {
    count -= left;
    std::uint32_t x0, x1, w0, w1, even, odd;
    asm volatile(
        "1:\n"
        "ldrd %[x0], %[x1], [%[x]], #8\n"
        "ldrd %[w0], %[w1], [%[w]]\n"
        "mla %[word], %[word], %[multiplier], %[increment]\n"
        "lsrs %[even], %[word], #16\n"
        "ubfx %[odd], %[word], #8, #16\n"
        "smlawb %[even], %[s], %[x0], %[even]\n"
        "smlawt %[odd], %[s], %[x0], %[odd]\n"
        "pkhtb %[x0], %[odd], %[even], asr #16\n"
        "qadd16 %[w0], %[w0], %[x0]\n"
        "mla %[word], %[word], %[multiplier], %[increment]\n"
        "lsrs %[even], %[word], #16\n"
        "ubfx %[odd], %[word], #8, #16\n"
        "smlawb %[even], %[s], %[x1], %[even]\n"
        "smlawt %[odd], %[s], %[x1], %[odd]\n"
        "pkhtb %[x1], %[odd], %[even], asr #16\n"
        "qadd16 %[w1], %[w1], %[x1]\n"
        "strd %[w0], %[w1], [%[w]], #8\n"
        "subs %[left], #4\n"
        "bne 1b"
        : [x] "+&r"(x), [w] "+&r"(w), [left] "+&r"(left), [word] "+&r"(row.word), [x0] "=&r"(x0), [x1] "=&r"(x1), [w0] "=&r"(w0),
          [w1] "=&r"(w1), [even] "=&r"(even), [odd] "=&r"(odd)
        : [s] "r"(step.m << (32 - step.k)), [multiplier] "r"(row.multiplier), [increment] "r"(row.increment)
        : "cc", "memory");
  }
  for (; count > 0; --count, ++w) {
    std::int32_t sum = *w + row.next()(step.m * *x++, step.k);
    asm("ssat %0, #16, %0" : "+r"(sum)::"cc");
    *w = static_cast<std::int16_t>(sum);
  }
}

}  // namespace target

#include "../armv7m/byte_rows.hpp"
