// Depthwise convolutions of one output a channel as Cortex-M3 reads them: four channels at a time, 12 instructions a tap.
//
// Groups of four channels, one behind the other; the last of another number of channels begins four before their end:
//
//   bias [4]   weight [taps][4]   Int8Outlet [4]
#pragma once

#include <cstdint>

#include "int8_quads.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8FourChannels {
  static constexpr std::int32_t taps(const nn::Int8Depthwise& m) { return m.rows * m.columns; }
  static constexpr std::int32_t bytes(const nn::Int8Depthwise& m) { return ((m.channels + 3) / 4 * (16 + 4 * taps(m) + 48) + 15) & ~15; }
  static constexpr bool fits(const nn::Int8Depthwise& m) {
    return m.multiplier == 1 && m.channels >= 4 && Int8Quads::fits(rows(m, 0, m.channels));
  }

  // Of channels, as rows of which four are laid out.
  static constexpr nn::Int8Rows rows(const nn::Int8Depthwise& m, std::int32_t first, std::int32_t count) {
    return {nullptr, m.bias + first, m.scale + first * m.scale_step, m.scale_step, taps(m), count, m.range, m.simple};
  }
  static constexpr void lay_out(const nn::Int8Depthwise& m, std::int8_t* to) {
    for (std::int32_t at = 0; at < m.channels; at += 4) {
      const std::int32_t first = at + 4 > m.channels ? m.channels - 4 : at;
      to = Int8Quads::lay_out_four(rows(m, first, 4), 0, to, [&](std::int32_t c, std::int32_t tap) { return m.weight[tap * m.channels + first + c]; });
    }
  }

  [[gnu::noinline]] static void run(const nn::Int8Depthwise& m, const nn::Int8Window& window, std::int8_t* y) {
    const std::int8_t* w = m.laid_out;
    for (std::int32_t at = 0; at < m.channels; at += 4) {
      const std::int32_t first = at + 4 > m.channels ? m.channels - 4 : at;
      std::uint32_t sum[4];
      w = add(w, window.x + first, window, m.rows, m.columns, sum);
      for (std::int32_t c = 0; c < 4; ++c, w += sizeof(Int8Outlet)) y[first + c] = Int8Quads::code(sum[c], *reinterpret_cast<const Int8Outlet*>(w));
    }
  }

 private:
  // Returns the outlets.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int8_t* x, const nn::Int8Window& window,
                                                       std::int32_t rows, std::int32_t columns, std::uint32_t (&sum)[4]) {
    const std::int32_t to_next_row = window.row_step - columns * window.column_step;
    std::uint32_t s0, s1, s2, s3, a, v, left;
    asm volatile(
        "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
        "1:\n"
        "mov %[left], %[columns]\n"
        "2:\n"
        "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x]]\nmla %[s0], %[v], %[a], %[s0]\n"
        "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x], #1]\nmla %[s1], %[v], %[a], %[s1]\n"
        "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x], #2]\nmla %[s2], %[v], %[a], %[s2]\n"
        "ldrsb %[v], [%[w]], #1\nldrsb %[a], [%[x], #3]\nmla %[s3], %[v], %[a], %[s3]\n"
        "add %[x], %[step]\nsubs %[left], #1\nbne 2b\n"
        "add %[x], %[to_next_row]\nsubs %[rows], #1\nbne 1b"
        : [x] "+r"(x), [w] "+r"(w), [rows] "+r"(rows), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [a] "=&r"(a),
          [v] "=&r"(v), [left] "=&r"(left)
        : [columns] "r"(columns), [step] "r"(window.column_step), [to_next_row] "r"(to_next_row)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    return w;
  }
};

}  // namespace target
