// Windows of a pooling on Helium: the largest of sixteen channels at a time, the sum of four.
#pragma once

#include <arm_mve.h>

#include <cstdint>

#include "nn/int8/kernels.hpp"

namespace target {

using Int8Pool = nn::Int8Pool<std::int8_t>;

// The last channels are loaded and stored under a predicate.
[[gnu::noinline]] inline void largest_of(const Int8Pool& window, std::int8_t least, std::int8_t most, std::int8_t* y) {
  const std::int8_t* x = window.x;
  const std::int32_t to_next_row = window.row_step - window.columns * window.column_step;
  const int8x16_t floor = vdupq_n_s8(least), ceiling = vdupq_n_s8(most);
  for (std::int32_t left = window.channels; left > 0; left -= 16, x += 16, y += 16) {
    const std::int8_t* from = x;
    std::int32_t rows = window.rows;
    int8x16_t codes, largest;
    asm volatile(
        "vctp.8 %[left]\n"
        "vmov %q[largest], %q[floor]\n"
        "1:\n"
        "dls lr, %[columns]\n"
        "2:\n"
        "vpst\n"
        "vldrbt.8 %q[codes], [%[from]]\n"
        "vmax.s8 %q[largest], %q[largest], %q[codes]\n"
        "add %[from], %[from], %[column]\n"
        "le lr, 2b\n"
        "add %[from], %[from], %[row]\n"
        "subs %[rows], #1\n"
        "bne 1b\n"
        "vmin.s8 %q[largest], %q[largest], %q[ceiling]\n"
        "vpst\n"
        "vstrbt.8 %q[largest], [%[y]]"
        : [from] "+&r"(from), [rows] "+&r"(rows), [codes] "=&w"(codes), [largest] "=&w"(largest)
        : [left] "r"(left), [columns] "r"(window.columns), [column] "r"(window.column_step), [row] "r"(to_next_row),
          [floor] "w"(floor), [ceiling] "w"(ceiling), [y] "r"(y)
        : "lr", "cc", "p0", "memory");
  }
}

// Four sums and the codes of the window.
[[gnu::always_inline]] inline int32x4_t add_window(const Int8Pool& window, int32x4_t sums) {
  const std::int8_t* from = window.x;
  std::int32_t rows = window.rows;
  int32x4_t codes;
  asm volatile(
      "1:\n"
      "dls lr, %[columns]\n"
      "2:\n"
      "vldrb.s32 %q[codes], [%[from]]\n"
      "add %[from], %[from], %[column]\n"
      "vadd.i32 %q[sums], %q[sums], %q[codes]\n"
      "le lr, 2b\n"
      "add %[from], %[from], %[row]\n"
      "subs %[rows], #1\n"
      "bne 1b"
      : [from] "+&l"(from), [rows] "+&r"(rows), [codes] "=&w"(codes), [sums] "+&w"(sums)
      : [columns] "r"(window.columns), [column] "r"(window.column_step),
        [row] "r"(window.row_step - window.columns * window.column_step)
      : "lr", "cc", "memory");
  return sums;
}

inline void sum_of(const Int8Pool& window, std::int32_t (&sum)[4]) {
  vstrwq_s32(sum, add_window(window, vdupq_n_s32(0)));
}

// Adds the windows of four channels after four, so long as there are four. Rows that follow each other are one.
inline void add_windows(Int8Pool window, std::int32_t* sums) {
  if (window.row_step == window.columns * window.column_step) {
    window.columns *= window.rows;
    window.rows = 1;
  }
  for (std::int32_t left = window.channels; left >= 4; left -= 4, window.x += 4, sums += 4)
    vstrwq_s32(sums, add_window(window, vldrwq_s32(sums)));
}

}  // namespace target
