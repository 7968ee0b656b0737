// Rows of 8-bit weights that learn, on cores that multiply and add to 64 bits in one instruction: SMLAL. Armv7-M ARM (DDI 0403),
// section A7.7.138.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/byte_step.hpp"

namespace target {

// Wᵀ·g for one column of weights of 8 or 16 bits, `stride` from row to row, …
template <class Weight>
[[gnu::noinline]] std::int64_t dot_column(const Weight* w, std::size_t stride, const std::int16_t* g, std::size_t rows) {
  std::int64_t sum = 0;
  for (; rows > 0; --rows, w += stride) sum += std::int64_t{*w} * std::int32_t{*g++};
  return sum;
}

// … and for it and the next.
template <class Weight>
[[gnu::noinline]] TwoSums dot_two_columns(const Weight* w, std::size_t stride, const std::int16_t* g, std::size_t rows) {
  std::int64_t p = 0;
  std::int64_t q = 0;
#pragma GCC unroll 2
  for (; rows > 0; --rows, w += stride) {
    const std::int32_t gradient = *g++;
    p += std::int64_t{w[0]} * gradient;
    q += std::int64_t{w[1]} * gradient;
  }
  return {p, q};
}

// w[i] ← w[i] + floor(m·x[i] + r[i]): the weight is the high word of a sum, r[i] the low one, and what stays there is r[i + 1].
// Where an input is 0 nothing changes.
[[gnu::noinline]] inline void add_row(std::int8_t* w, nn::ByteStep step, const std::int8_t* x, std::size_t count,
                                      std::uint32_t rest) {
  const std::int32_t m = step.m * 256;
  std::uint32_t low = rest << 8;
#pragma GCC unroll 4
  for (; count > 0; --count, ++w) {
    const std::int32_t input = *x++;
    if (input == 0) continue;
    std::int32_t weight = *w;
    asm("smlal %0, %1, %2, %3\n"
        "ssat %1, #8, %1"
        : "+&r"(low), "+&r"(weight)
        : "r"(m), "r"(input)
        : "cc");
    *w = static_cast<std::int8_t>(weight);
  }
}

}  // namespace target
