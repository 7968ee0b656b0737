// A row of 16-bit weights whose new values are rounded up or down at random, by the saturated(x) of a core's fixed_rows.hpp,
// which includes this at its end.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/number/fixed_point.hpp"
#include "nn/row_step.hpp"

namespace target {

// w[i] ← w[i] + m·x[i] / 2^k. For k >= 16, m·x / 2^(k-16) has the 16 bits that a random number is added to.
[[gnu::noinline]] inline void add_row(std::int16_t* w, nn::RowStep step, const std::int16_t* x, std::size_t count,
                                      nn::RandomRow row) {
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
