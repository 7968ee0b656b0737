// Rows of quantized layers on the DSP instructions of Cortex-M4, M7 and M33: four codes to a register, two products an
// instruction. Armv7-M ARM (DDI 0403), sections A7.7.196 (SXTB16), A7.7.138 (SMLAD), A7.7.137 (SMLABB).
//
// A word of four codes c0 … c3 is widened to two: `even` holds c0 and c2, `odd` c1 and c3, 16 bits each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Word {
  std::uint32_t even;
  std::uint32_t odd;
};

inline Int8Word int8_word(const std::int8_t* from) {
  std::uint32_t word;
  std::memcpy(&word, from, sizeof word);
  Int8Word wide;
  asm("sxtb16 %0, %1" : "=r"(wide.even) : "r"(word));
  asm("sxtb16 %0, %1, ror #8" : "=r"(wide.odd) : "r"(word));
  return wide;
}

// sum + Σ of four products
inline void add_products(std::uint32_t& sum, Int8Word a, Int8Word b) {
  asm("smlad %0, %1, %2, %0" : "+r"(sum) : "r"(a.even), "r"(b.even));
  asm("smlad %0, %1, %2, %0" : "+r"(sum) : "r"(a.odd), "r"(b.odd));
}

inline std::uint32_t product(std::int8_t a, std::int8_t b) { return static_cast<std::uint32_t>(a * b); }

// Two rows at `w` and `stride` behind it on two windows, `depth` behind each other.
struct FourSums {
  std::uint32_t of[2][2];  // [row][window]
};
[[gnu::always_inline]] inline FourSums int8_two_by_two(const std::int8_t* w0, const std::int8_t* w1, const std::int8_t* x0,
                                                       const std::int8_t* x1, std::int32_t depth, std::uint32_t b0, std::uint32_t b1) {
  std::uint32_t s00 = b0, s01 = b0, s10 = b1, s11 = b1;
  for (const std::int8_t* const end = x0 + (depth & ~3); x0 != end;) {
    const Int8Word first = int8_word(x0);
    const Int8Word second = int8_word(x1);
    x0 += 4;
    x1 += 4;
    Int8Word w = int8_word(w0);
    w0 += 4;
    add_products(s00, w, first);
    add_products(s01, w, second);
    w = int8_word(w1);
    w1 += 4;
    add_products(s10, w, first);
    add_products(s11, w, second);
  }
  for (std::int32_t left = depth & 3; left > 0; --left, ++x0, ++x1, ++w0, ++w1) {
    s00 += product(*w0, *x0);
    s01 += product(*w0, *x1);
    s10 += product(*w1, *x0);
    s11 += product(*w1, *x1);
  }
  return {{{s00, s01}, {s10, s11}}};
}

struct Int8Dsp {
  static constexpr auto output = nn::Int8Kernels::int8_output;

  [[gnu::noinline]] static void two_windows(const nn::Int8Rows& m, const std::int8_t* x0, const std::int8_t* x1, std::int8_t* y) {
    const std::int8_t* w = m.weight;
    const nn::int8::Scale* scale = m.scale;
    for (std::int32_t o = 0; o < m.outputs; o += 2, w += 2 * m.depth) {
      const std::int32_t next = o + 1 < m.outputs ? 1 : 0;  // an odd last row is its own neighbour
      const FourSums sums = int8_two_by_two(w, w + next * m.depth, x0, x1, m.depth, static_cast<std::uint32_t>(m.bias[o]),
                                            static_cast<std::uint32_t>(m.bias[o + next]));
      for (std::int32_t r = 0; r <= next; ++r, scale += m.scale_step) {
        y[o + r] = output(sums.of[r][0], *scale, m.range);
        y[o + r + m.outputs] = output(sums.of[r][1], *scale, m.range);
      }
    }
  }

  // Four rows at a time, the last of an odd number again and again.
  [[gnu::noinline]] static void window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const nn::int8::Scale* scale = m.scale;
    for (std::int32_t o = 0; o < m.outputs; o += 4) {
      std::uint32_t sum[4];
      const std::int8_t* w[4];
#pragma GCC unroll 4
      for (std::int32_t r = 0; r < 4; ++r) {
        const std::int32_t row = o + r < m.outputs ? o + r : m.outputs - 1;
        sum[r] = static_cast<std::uint32_t>(m.bias[row]);
        w[r] = m.weight + row * m.depth;
      }
      const std::int8_t* from = x;
      for (const std::int8_t* const end = x + (m.depth & ~3); from != end; from += 4) {
        const Int8Word four = int8_word(from);
#pragma GCC unroll 4
        for (std::int32_t r = 0; r < 4; ++r) {
          add_products(sum[r], int8_word(w[r]), four);
          w[r] += 4;
        }
      }
      for (std::int32_t left = m.depth & 3; left > 0; --left, ++from)
#pragma GCC unroll 4
        for (std::int32_t r = 0; r < 4; ++r) sum[r] += product(*w[r]++, *from);
      const std::int32_t rows = m.outputs - o < 4 ? m.outputs - o : 4;
#pragma GCC unroll 4
      for (std::int32_t r = 0; r < 4; ++r) {
        if (r >= rows) break;
        y[o + r] = output(sum[r], *scale, m.range);
        scale += m.scale_step;
      }
    }
  }

  // Four channels at a time, one output each.
  [[gnu::noinline]] static void four_channels(const nn::Int8Depthwise& m, nn::Int8Window window, std::int8_t* y) {
    const nn::int8::Scale* scale = m.scale;
    for (std::int32_t c = 0; c < m.channels; c += 4) {
      std::uint32_t sum[4];
#pragma GCC unroll 4
      for (std::int32_t k = 0; k < 4; ++k) sum[k] = static_cast<std::uint32_t>(m.bias[c + k]);
      const std::int8_t* w = m.weight + c;
      const std::int8_t* row = window.x + c;
      for (std::int32_t i = m.rows; i > 0; --i, row += window.row_step) {
        const std::int8_t* from = row;
        for (std::int32_t j = m.columns; j > 0; --j, from += window.column_step, w += m.channels) {
          const Int8Word x = int8_word(from);
          const Int8Word weight = int8_word(w);
          asm("smlabb %0, %1, %2, %0" : "+r"(sum[0]) : "r"(x.even), "r"(weight.even));
          asm("smlabb %0, %1, %2, %0" : "+r"(sum[1]) : "r"(x.odd), "r"(weight.odd));
          asm("smlatt %0, %1, %2, %0" : "+r"(sum[2]) : "r"(x.even), "r"(weight.even));
          asm("smlatt %0, %1, %2, %0" : "+r"(sum[3]) : "r"(x.odd), "r"(weight.odd));
        }
      }
#pragma GCC unroll 4
      for (std::int32_t k = 0; k < 4; ++k, scale += m.scale_step) y[c + k] = output(sum[k], *scale, m.range);
    }
  }
};

}  // namespace target
