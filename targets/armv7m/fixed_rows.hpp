// Rows of 16-bit numbers on Cortex-M3, which multiplies and adds in one instruction: SMLAL into 64 bits, MLA into 32; and
// brings a sum into 16 bits in one, SSAT. Armv7-M ARM (DDI 0403), sections A7.7.138, A7.7.75, A7.7.152.
//
// The loops take their lengths at run time, so that all layers of an image share one copy of each.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/number/fixed_point.hpp"
#include "nn/row_step.hpp"

namespace target {

struct TwoSums {
  std::int64_t first, second;
};

// w·x of the row at `first` and of the one `stride` behind it: each input is loaded once for both.
template <class Integer>
[[gnu::noinline]] TwoSums dot_two_rows(const Integer* first, std::size_t stride, const Integer* x, std::size_t count) {
  const Integer* second = first + stride;
  std::int64_t p = 0;
  std::int64_t q = 0;
#pragma GCC unroll 4
  for (; count > 0; --count) {
    const std::int32_t input = *x++;
    p += std::int64_t{*first++} * input;
    q += std::int64_t{*second++} * input;
  }
  return {p, q};
}

inline std::int16_t saturated(std::int32_t x) {
  asm("ssat %0, #16, %0" : "+r"(x)::"cc");
  return static_cast<std::int16_t>(x);
}

// w[i] ← w[i] + m·x[i] / 2^k, to the nearest.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count,
                                      nn::NearestRow) {
  const std::int32_t half = 1 << (step.k - 1);
#pragma GCC unroll 4
  for (; count > 0; --count, ++w) *w = saturated(*w + ((step.m * *x++ + half) >> step.k));
}

}  // namespace target

#include "../armv6m/random_row.hpp"
#include "byte_rows.hpp"
