// Rows of quantized layers on the DSP instructions of Cortex-M4, M7 and M33: four codes to a register, two products an
// instruction. Armv7-M ARM (DDI 0403), sections A7.7.196 (SXTB16), A7.7.138 (SMLAD), A7.7.137 (SMLABB).
//
// A word of four codes c0 … c3 is widened to two: one holds c0 and c2 in 16 bits each, the other c1 and c3. The loops of rows use
// up to thirteen registers, so they find their end in memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/int8/kernels.hpp"
#include "thirteen_registers.hpp"

namespace target {

inline std::uint32_t product(std::int8_t a, std::int8_t b) { return static_cast<std::uint32_t>(a * b); }

// How simple sums become codes (nn::Int8Rows::simple): SMMULR of 2·sum rounds as doubling_high_product of sum does.
struct SimpleOutput {
  std::int32_t twice_zero_and_half;

  explicit SimpleOutput(const nn::int8::Range& range) : twice_zero_and_half{2 * range.zero + 1} {}

  std::int8_t operator()(std::uint32_t sum, const nn::int8::Scale& scale) const {
    std::int32_t x;
    asm("smmulr %0, %1, %2" : "=r"(x) : "r"(2 * sum), "r"(scale.multiplier));
    x = (((x + (x >> 31)) >> ~scale.shift) + twice_zero_and_half) >> 1;
    asm("ssat %0, #8, %0" : "+r"(x)::"cc");
    return static_cast<std::int8_t>(x);
  }

  void operator()(const std::uint32_t (&sum)[4], const nn::int8::Scale* scale, std::int32_t scale_step, std::int8_t* y) const {
    for (std::uint32_t s : sum) {
      *y++ = (*this)(s, *scale);
      scale += scale_step;
    }
  }
};

// Of codes within [-128, 127], those within the range.
[[gnu::noinline]] inline void clamp(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  if (range.least <= -128 && range.most >= 127) return;
  for (std::int32_t i = 0; i < count; ++i) y[i] = static_cast<std::int8_t>(nn::int8::clamp(y[i], range.least, range.most));
}

// For loops that ask for one; of simple sums.
struct SimpleCodes : SimpleOutput {
  nn::int8::Range limits;

  SimpleCodes(const nn::int8::Range& range, bool) : SimpleOutput{range}, limits{range} {}
  void clamp(std::int8_t* y, std::int32_t count) const { target::clamp(y, count, limits); }
};

struct Int8Dsp {
  // Two rows at a time on two windows, `depth` behind each other. At least two outputs; the last of an odd number is
  // computed with its neighbour once more.
  template <class Output = SimpleOutput, class Rounding>
  [[gnu::noinline]] static void two_windows(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    const Output output{m.range};
    for (std::int32_t o = 0; o < m.outputs; o += 2) {
      if (o + 1 == m.outputs) --o;
      std::uint32_t p = static_cast<std::uint32_t>(m.bias[o]);
      std::uint32_t r = static_cast<std::uint32_t>(m.bias[o + 1]);
      std::uint32_t q = p;
      std::uint32_t s = r;
      add_two_by_two(m.weight + o * m.depth, x, m.depth, p, q, r, s);
      const auto* scale = m.scale + o * m.scale_step;
      y[o] = output(p, *scale);
      y[o + m.outputs] = output(q, *scale);
      scale += m.scale_step;
      y[o + 1] = output(r, *scale);
      y[o + 1 + m.outputs] = output(s, *scale);
    }
    clamp(y, 2 * m.outputs, m.range);
  }

  // Four rows at a time. At least four outputs; the last ones of an odd number are computed once more.
  template <class Output = SimpleOutput, class Rounding>
  [[gnu::noinline]] static void window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    const Output output{m.range};
    for (std::int32_t o = 0; o < m.outputs; o += 4) {
      if (o + 4 > m.outputs) o = m.outputs - 4;
      std::uint32_t sum[4];
      add_four_rows(m.weight + o * m.depth, x, m.depth, m.bias + o, sum);
      output(sum, m.scale + o * m.scale_step, m.scale_step, y + o);
    }
    clamp(y, m.outputs, m.range);
  }

  // Four channels at a time, one output each.
  template <class Output = SimpleOutput, class Rounding>
  [[gnu::noinline]] static void four_channels(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    const Output output{m.range};
    for (std::int32_t c = 0; c < m.channels; c += 4) {
      std::uint32_t sum[4];
      add_taps(m, window, c, sum);
      output(sum, m.scale + c * m.scale_step, m.scale_step, y + c);
    }
    clamp(y, m.channels, m.range);
  }

 private:
  // p, q += w·x and w·x'; r, s += w'·x and w'·x', where w' and x' lie `depth` behind w and x.
  [[gnu::always_inline]] static void add_two_by_two(const std::int8_t* w, const std::int8_t* x, std::int32_t depth,
                                                    std::uint32_t& p, std::uint32_t& q, std::uint32_t& r, std::uint32_t& s) {
    const std::int8_t* const end = x + (depth & ~3);
    if (x != end) {
      std::uint32_t a, a_even, b, b_even, v, v_even;
      asm volatile(
          ".macro widen even, odd\nsxtb16 \\even, \\odd\nsxtb16 \\odd, \\odd, ror #8\n.endm\n"
          ".macro products s, t\n"
          "widen %[ve], %[v]\n"
          "smlad \\s, %[ve], %[ae], \\s\nsmlad \\t, %[ve], %[be], \\t\n"
          "smlad \\s, %[v], %[a], \\s\nsmlad \\t, %[v], %[b], \\t\n"
          ".endm\n"
          "1:\n"
          "ldr %[b], [%[x], %[depth]]\n"
          "ldr %[a], [%[x]], #4\n"
          "ldr %[v], [%[w], %[depth]]\n"
          "widen %[be], %[b]\n"
          "widen %[ae], %[a]\n"
          "products %[r], %[s]\n"
          "ldr %[v], [%[w]], #4\n"
          "products %[p], %[q]\n"
          "ldr %[v], %[end]\n"
          "cmp %[x], %[v]\n"
          "bne 1b\n"
          ".purgem widen\n.purgem products"
          : [x] "+&r"(x), [w] "+&r"(w), [p] "+&r"(p), [q] "+&r"(q), [r] "+&r"(r), [s] "+&r"(s), [a] "=&r"(a), [ae] "=&r"(a_even),
            [b] "=&r"(b), [be] "=&r"(b_even), [v] "=&r"(v), [ve] "=&r"(v_even)
          : [depth] "r"(depth), [end] "m"(end)
          : "cc", "memory");
    }
    for (std::int32_t left = depth & 3; left > 0; --left, ++x, ++w) {
      p += product(*w, *x);
      q += product(*w, x[depth]);
      r += product(w[depth], *x);
      s += product(w[depth], x[depth]);
    }
  }

  // sum = b + W·x of four rows.
  [[gnu::always_inline]] static void add_four_rows(const std::int8_t* w, const std::int8_t* x, std::int32_t depth,
                                                   const std::int32_t* bias, std::uint32_t (&sum)[4]) {
    std::uint32_t s0 = static_cast<std::uint32_t>(bias[0]), s1 = static_cast<std::uint32_t>(bias[1]);
    std::uint32_t s2 = static_cast<std::uint32_t>(bias[2]), s3 = static_cast<std::uint32_t>(bias[3]);
    const std::int8_t* const end = x + (depth & ~3);
    if (x != end) {
      std::uint32_t a, a_even, v, v_even;
      asm volatile(
          ".macro widen even, odd\nsxtb16 \\even, \\odd\nsxtb16 \\odd, \\odd, ror #8\n.endm\n"
          ".macro products s\n"
          "widen %[ve], %[v]\nsmlad \\s, %[ve], %[ae], \\s\nsmlad \\s, %[v], %[a], \\s\n"
          ".endm\n"
          "1:\n"
          "ldr %[a], [%[x]], #4\n"
          "ldr %[v], [%[w], %[depth]]\n"
          "widen %[ae], %[a]\n"
          "products %[s1]\n"
          "ldr %[v], [%[w], %[depth], lsl #1]\n"
          "products %[s2]\n"
          "ldr %[v], [%[w], %[three]]\n"
          "products %[s3]\n"
          "ldr %[v], [%[w]], #4\n"
          "products %[s0]\n"
          "ldr %[v], %[end]\n"
          "cmp %[x], %[v]\n"
          "bne 1b\n"
          ".purgem widen\n.purgem products"
          : [x] "+&r"(x), [w] "+&r"(w), [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [a] "=&r"(a),
            [ae] "=&r"(a_even), [v] "=&r"(v), [ve] "=&r"(v_even)
          : [depth] "r"(depth), [three] "r"(3 * depth), [end] "m"(end)
          : "cc", "memory");
    }
    for (std::int32_t left = depth & 3; left > 0; --left, ++x, ++w) {
      s0 += product(*w, *x);
      s1 += product(w[depth], *x);
      s2 += product(w[2 * depth], *x);
      s3 += product(w[3 * depth], *x);
    }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
  }

  // sum = b + the products of all taps of four channels from `c` on. Kernels are often three columns wide.
  [[gnu::always_inline]] static void add_taps(const auto& m, const nn::Int8Window& window, std::int32_t c,
                                              std::uint32_t (&sum)[4]) {
    std::uint32_t s0 = static_cast<std::uint32_t>(m.bias[c]), s1 = static_cast<std::uint32_t>(m.bias[c + 1]);
    std::uint32_t s2 = static_cast<std::uint32_t>(m.bias[c + 2]), s3 = static_cast<std::uint32_t>(m.bias[c + 3]);
    const std::int8_t* w = m.weight + c;
    const std::int8_t* x = window.x + c;
    std::uint32_t a, a_even, v, v_even;
    std::int32_t rows = m.rows;
    if (m.columns == 3) {
      do {
        asm volatile(
            ".irp column, 0, 1, 2\n"
            ".if \\column == 0\n"
            "ldr %[a], [%[x]]\n"
            "ldr %[v], [%[w]]\n"
            ".else\n"
            "ldr %[a], [%[x], %[x_step], lsl #\\column - 1]\n"
            "ldr %[v], [%[w], %[w_step], lsl #\\column - 1]\n"
            ".endif\n"
            "sxtb16 %[ae], %[a]\n"
            "sxtb16 %[a], %[a], ror #8\n"
            "sxtb16 %[ve], %[v]\n"
            "sxtb16 %[v], %[v], ror #8\n"
            "smlabb %[s0], %[ae], %[ve], %[s0]\n"
            "smlabb %[s1], %[a], %[v], %[s1]\n"
            "smlatt %[s2], %[ae], %[ve], %[s2]\n"
            "smlatt %[s3], %[a], %[v], %[s3]\n"
            ".endr"
            : [x] "+&r"(x), [w] "+&r"(w), [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [a] "=&r"(a),
              [ae] "=&r"(a_even), [v] "=&r"(v), [ve] "=&r"(v_even)
            : [x_step] "r"(window.column_step), [w_step] "r"(m.channels)
            : "cc", "memory");
        x += window.row_step;
        w += 3 * m.channels;
      } while (--rows > 0);
    } else {
      do {
        std::int32_t left = m.columns;
        asm volatile(
            "1:\n"
            "ldr %[a], [%[x]]\n"
            "ldr %[v], [%[w]]\n"
            "add %[x], %[x_step]\n"
            "add %[w], %[w_step]\n"
            "sxtb16 %[ae], %[a]\n"
            "sxtb16 %[a], %[a], ror #8\n"
            "sxtb16 %[ve], %[v]\n"
            "sxtb16 %[v], %[v], ror #8\n"
            "smlabb %[s0], %[ae], %[ve], %[s0]\n"
            "smlabb %[s1], %[a], %[v], %[s1]\n"
            "smlatt %[s2], %[ae], %[ve], %[s2]\n"
            "smlatt %[s3], %[a], %[v], %[s3]\n"
            "subs %[left], #1\n"
            "bne 1b"
            : [x] "+&r"(x), [w] "+&r"(w), [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [left] "+&r"(left),
              [a] "=&r"(a), [ae] "=&r"(a_even), [v] "=&r"(v), [ve] "=&r"(v_even)
            : [x_step] "r"(window.column_step), [w_step] "r"(m.channels)
            : "cc", "memory");
        x += window.row_step - m.columns * window.column_step;
      } while (--rows > 0);
    }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
  }
};

}  // namespace target
