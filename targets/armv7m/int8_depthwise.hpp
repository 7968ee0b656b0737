// Depthwise convolutions of one output a channel as Cortex-M3 reads them: four channels at a time, 12 instructions a tap.
#pragma once

#include <cstdint>

#include "../armv6m/int8_four_channels.hpp"
#include "int8_quads.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8QuadChannels : Int8FourChannels {
  static void run(const nn::Int8Depthwise& m, const nn::Int8Window& window, std::int8_t* y) {
    const Steps steps{m.rows, m.columns, window.column_step, window.row_step - m.columns * window.column_step};
    const std::int32_t whole = m.channels & ~3, last = m.channels - 4;
    const std::int8_t* const w = groups(steps, m.laid_out, window.x, y, y + whole);
    if (whole != m.channels) groups(steps, w, window.x + last, y + last, y + m.channels);
  }

 private:
  struct Steps {
    std::int32_t rows, columns, column, to_next_row;
  };

  // Returns the next group. Kernels are often three columns wide.
  [[gnu::noinline]] static const std::int8_t* groups(const Steps& all, const std::int8_t* w, const std::int8_t* x, std::int8_t* y,
                                                     std::int8_t* end) {
    const Steps steps = all;
    for (; y != end; x += 4, y += 4) {
      const std::int8_t* from = x;
      std::int32_t rows = steps.rows, left = steps.columns;
      std::uint32_t s0, s1, s2, s3, a, v;
      asm volatile(
          ".macro tap\n"
          "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x]]\nmla %[s0], %[v], %[a], %[s0]\n"
          "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x], #1]\nmla %[s1], %[v], %[a], %[s1]\n"
          "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x], #2]\nmla %[s2], %[v], %[a], %[s2]\n"
          "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x], #3]\nadd %[x], %[step]\nmla %[s3], %[v], %[a], %[s3]\n"
          ".endm\n"
          "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
          "1:\n"
          "cmp %[left], #3\nbeq 3f\n"
          "2:\ntap\nsubs %[left], #1\nbne 2b\n"
          "ldr %[left], %[columns]\nb 4f\n"
          "3:\ntap\ntap\ntap\n"
          "4:\nadd %[x], %[to_next_row]\nsubs %[rows], #1\nbne 1b\n"
          ".purgem tap"
          : [x] "+&r"(from), [w] "+&r"(w), [rows] "+&r"(rows), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3),
            [a] "=&r"(a), [v] "=&r"(v), [left] "+&r"(left)
          : [columns] "m"(steps.columns), [step] "r"(steps.column), [to_next_row] "r"(steps.to_next_row)
          : "cc", "memory");
      const std::uint32_t sum[4]{s0, s1, s2, s3};
#pragma GCC unroll 4
      for (std::int32_t c = 0; c < 4; ++c, w += sizeof(Int8Outlet))
        y[c] = Int8Quads::code(sum[c], *reinterpret_cast<const Int8Outlet*>(w));
    }
    return w;
  }
};

}  // namespace target
