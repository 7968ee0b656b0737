// Int8PoolKernels: windows of a pooling, of codes of 8 or 16 bits.
#pragma once

#include <cstdint>
#include <limits>

#include "targets/needs_cxx20.hpp"

namespace nn {

// One window of a pooling: x[row·row_step + column·column_step + channel].
template <class Code>
struct Int8Pool {
  const Code* x;
  std::int32_t rows, columns, row_step, column_step, channels;
};

struct Int8PoolKernels {
  // y[i] = max(y[i], x[i])
  template <class Code>
  static constexpr void keep_larger(Code* y, const Code* x, std::int32_t count) {
    for (const Code* const end = x + count; x != end; ++x, ++y)
      if (*x > *y) *y = *x;
  }

  // The largest code of each channel in a window of rows and columns, at least `least` and at most `most`.
  template <class Kernels, class Code>
  static constexpr void largest(const Int8Pool<Code>& window, Code least, Code most, Code* y) {
    for (std::int32_t c = 0; c < window.channels; ++c) y[c] = least;
    for (std::int32_t k = 0; k < window.rows; ++k)
      for (std::int32_t l = 0; l < window.columns; ++l)
        Kernels::keep_larger(y, window.x + k * window.row_step + l * window.column_step, window.channels);
    if (most < std::numeric_limits<Code>::max())
      for (std::int32_t c = 0; c < window.channels; ++c) y[c] = y[c] < most ? y[c] : most;
  }

  // The sums of the codes of four channels in a window.
  template <class Code>
  static constexpr void sum_of_four(const Int8Pool<Code>& window, std::int32_t (&sum)[4]) {
    std::int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    const Code* row = window.x;
    for (std::int32_t k = window.rows; k > 0; --k, row += window.row_step - window.columns * window.column_step)
      for (std::int32_t l = window.columns; l > 0; --l, row += window.column_step) {
        s0 += row[0];
        s1 += row[1];
        s2 += row[2];
        s3 += row[3];
      }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
  }
};

}  // namespace nn
