// Depthwise convolutions of one output a channel as Cortex-M0 reads them: four channels at a time, 26 instructions a tap.
#pragma once

#include <cstdint>

#include "int8_code.hpp"
#include "int8_four_channels.hpp"

namespace target {

struct Int8ByteChannels : Int8FourChannels {
  static void run(const nn::Int8Depthwise& m, const nn::Int8Window& window, std::int8_t* y) {
    const std::int32_t row = 4 * m.columns;
    const Steps steps{row, row * m.rows, window.column_step, window.row_step - m.columns * window.column_step};
    const std::int32_t whole = m.channels & ~3, last = m.channels - 4;
    const std::int8_t* const w = groups(steps, m.laid_out, window.x, y, y + whole);
    if (whole != m.channels) groups(steps, w, window.x + last, y + last, y + m.channels);
  }

 private:
  struct Steps {
    std::int32_t row, all;  // bytes of weights
    std::int32_t column, to_next_row;
  };

  // Returns the next group.
  [[gnu::noinline]] static const std::int8_t* groups(const Steps& steps, const std::int8_t* w, const std::int8_t* x,
                                                     std::int8_t* y, std::int8_t* end) {
    for (; y != end; x += 4, y += 4) {
      const auto* const bias = reinterpret_cast<const std::uint32_t*>(w);
      std::uint32_t sum[4]{bias[0], bias[1], bias[2], bias[3]};
      w = add(steps, w + 16, x, sum);
      for (std::int32_t c = 0; c < 4; ++c, w += sizeof(Int8Outlet)) y[c] = code(sum[c], *reinterpret_cast<const Int8Outlet*>(w));
    }
    return w;
  }

  [[gnu::always_inline]] static const std::int8_t* add(const Steps& steps, const std::int8_t* w, const std::int8_t* x,
                                                       std::uint32_t (&sum)[4]) {
    const std::int8_t *row_end = w, *const end = w + steps.all;
    std::uint32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3], a, v;
    asm volatile(
        ".syntax unified\n"
        "1:\n"
        "add %[row_end], %[row]\n"
        "2:\n"
        ".macro product i, s\n"
        "ldrb %[v], [%[w], #\\i]\nsxtb %[v], %[v]\nldrb %[a], [%[x], #\\i]\nsxtb %[a], %[a]\n"
        "muls %[v], %[a], %[v]\nadds \\s, \\s, %[v]\n"
        ".endm\n"
        "product 0, %[s0]\nproduct 1, %[s1]\nproduct 2, %[s2]\nproduct 3, %[s3]\n"
        ".purgem product\n"
        "adds %[w], #4\n"
        "add %[x], %[column]\n"
        "cmp %[w], %[row_end]\n"
        "bne 2b\n"
        "add %[x], %[to_next_row]\n"
        "cmp %[w], %[end]\n"
        "bne 1b"
        : [x] "+&l"(x), [w] "+&l"(w), [row_end] "+h"(row_end), [s0] "+&l"(s0), [s1] "+&l"(s1), [s2] "+&l"(s2), [s3] "+&l"(s3),
          [a] "=&l"(a), [v] "=&l"(v)
        : [end] "h"(end), [row] "h"(steps.row), [column] "h"(steps.column), [to_next_row] "h"(steps.to_next_row)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    return w;
  }
};

}  // namespace target
