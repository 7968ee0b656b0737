// Codes of quantized layers one by one on the DSP instructions of Cortex-M4, M7 and M33: Add, and the larger of two rows.
// Armv7-M ARM (DDI 0403), sections A7.7.142 (SMMLA), A7.7.182 (SSUB8), A7.7.128 (SEL).
#pragma once

#include <cstdint>
#include <cstring>

#include "int8_outlet.hpp"
#include "int8_rows.hpp"
#include "int8_widen.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

// Any sum, in few bytes.
[[gnu::noinline]] inline std::int32_t requantize(std::int32_t x, nn::int8::Scale scale) { return nn::int8::requantize(x, scale); }

// x·scale for x = half of `twice`, which is within ±2^30, as nn::int8::requantize has it: SMMLAR adds the half that rounds the
// shift while it multiplies. x that is negative and becomes 0 is taken for negative, which changes nothing.
struct SimpleTerm {
  std::int32_t multiplier;
  std::int32_t half;
  std::int32_t by;

  static constexpr bool shifts(const nn::int8::Scale& scale) { return -31 <= scale.shift && scale.shift <= -1; }
  // The larger of two inputs has the scale 1/2, which is as exact with one bit more.
  static constexpr bool is_half(const nn::int8::Scale& scale) { return scale.multiplier == 1 << 30 && scale.shift == 0; }
  static constexpr bool possible(const nn::int8::Scale& scale) { return shifts(scale) || is_half(scale); }

  explicit SimpleTerm(nn::int8::Scale scale) {
    if (is_half(scale)) scale = {0x7fffffff, -1};
    multiplier = scale.multiplier;
    half = 1 << ~scale.shift;
    by = -scale.shift;
  }

  std::int32_t operator()(std::int32_t twice) const {
    std::int32_t x;
    asm("smmlar %0, %1, %2, %3" : "=r"(x) : "r"(twice), "r"(multiplier), "r"(half + (twice >> 31)));
    return x >> by;
  }
};

// Of any alignment.
struct Int8Elements {
  // y[i] = max(y[i], x[i]), four at a time. SSUB8 notes which differences are not negative, SEL takes the codes of one or the
  // other.
  static void keep_larger(std::int8_t* y, const std::int8_t* x, std::int32_t count) {
    if (count == 0) return;
    const std::int8_t* const end = x + count;
    std::uint32_t a, b, difference;
    asm volatile(
        "1:\n"
        "ldr %[a], [%[x]], #4\n"
        "ldr %[b], [%[y]]\n"
        "ssub8 %[d], %[a], %[b]\n"
        "sel %[a], %[a], %[b]\n"
        "str %[a], [%[y]], #4\n"
        "cmp %[x], %[end]\n"
        "bne 1b"
        : [x] "+&r"(x), [y] "+&r"(y), [a] "=&r"(a), [b] "=&r"(b), [d] "=&r"(difference)
        : [end] "r"(end)
        : "cc", "memory");
  }

  // The largest codes of a window, eight channels at a time, at least `least` and at most `most`; four of them twice, if no more
  // are left.
  static void largest(const nn::Int8Pool<std::int8_t>& window, std::int8_t least, std::int8_t most, std::int8_t* y) {
    const std::uint32_t lowest = 0x01010101u * static_cast<std::uint8_t>(least),
                        highest = 0x01010101u * static_cast<std::uint8_t>(most);
    const std::int32_t to_next_row = window.row_step - window.columns * window.column_step;
    const std::int8_t* channel = window.x;
    for (std::int32_t left = window.channels; left > 0; left -= 8, channel += 8, y += 8) {
      const std::int32_t second = left > 4 ? 4 : 0;
      std::uint32_t found = lowest, next_found = lowest;
      const std::int8_t* x = channel;
      for (std::int32_t k = window.rows; k > 0; --k, x += to_next_row) {
        std::int32_t columns = window.columns;
        std::uint32_t a, b, difference;
        asm volatile(
            "1:\n"
            "ldr %[b], [%[x], %[second]]\nldr %[a], [%[x]]\nadd %[x], %[step]\n"
            "ssub8 %[d], %[a], %[found]\nsel %[found], %[a], %[found]\n"
            "ssub8 %[d], %[b], %[next]\nsel %[next], %[b], %[next]\n"
            "subs %[columns], #1\nbne 1b"
            : [x] "+&r"(x), [found] "+&r"(found), [next] "+&r"(next_found), [columns] "+&r"(columns), [a] "=&r"(a), [b] "=&r"(b),
              [d] "=&r"(difference)
            : [second] "r"(second), [step] "r"(window.column_step)
            : "cc", "memory");
      }
      found = ~larger(~found, ~highest);
      next_found = ~larger(~next_found, ~highest);
      std::memcpy(y + second, &next_found, 4);
      std::memcpy(y, &found, 4);
    }
  }

  // y = a ± b, of scales that are possible: four codes at a time, what is left of them by way of words. A code that is repeated
  // stands in a word, too.
  template <int MoreBits>
  [[gnu::noinline]] static void add_codes(const nn::Int8Sum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    constexpr std::int32_t unit = 2 << MoreBits;
    const SimpleTerm first{m.a_scale}, second{m.b_scale}, output{m.scale};
    const Terms terms{{m.a_zero * unit, first.multiplier},
                      {first.half, first.by},
                      {m.b_zero * unit, second.multiplier},
                      {second.half, second.by},
                      {output.multiplier, output.half + m.range.zero * (1 << output.by)},
                      output.by,
                      m.sign};
    in_fours(m, a, b, y, [&terms](const std::int8_t* left, const std::int8_t* right, std::int8_t* to, std::int32_t count) {
      add_fours<MoreBits>(terms, left, right, to, count);
    });
  }

  // The same from tables, of an output's scale that fits: 12 instructions a code.
  [[gnu::noinline]] static void add_terms(const nn::Int8TermSum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    in_fours(m, a, b, y, [&m](const std::int8_t* left, const std::int8_t* right, std::int8_t* to, std::int32_t count) {
      add_four_terms(m, left, right, to, count);
    });
  }

 private:
  // fours(a, b, y, count) of all codes of a row, with counts in multiples of 4; what is left stands in words for it.
  static void in_fours(const auto& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y, auto fours) {
    std::int32_t left = m.count;
    if (m.a_step == 1 && m.b_step == 1) {
      fours(a, b, y, left & ~3);
      a += left & ~3, b += left & ~3, y += left & ~3, left &= 3;
    }
    for (; left > 0; left -= 4, a += 4 * m.a_step, b += 4 * m.b_step) {
      const std::int32_t count = left < 4 ? left : 4;
      std::int8_t x[3][4];
      for (std::int32_t i = 0; i < count; ++i) x[0][i] = a[i * m.a_step], x[1][i] = b[i * m.b_step];
      fours(x[0], x[1], x[2], 4);
      const volatile std::int8_t* const some = x[2];  // no call of memcpy
      for (std::int32_t i = 0; i < count; ++i) *y++ = some[i];
    }
    clamp(y - m.count, m.count, m.range);
  }

  // Of four codes each.
  static std::uint32_t larger(std::uint32_t a, std::uint32_t b) {
    std::uint32_t larger, difference;
    asm("ssub8 %[d], %[a], %[b]\nsel %[y], %[a], %[b]" : [y] "=r"(larger), [d] "=&r"(difference) : [a] "r"(a), [b] "r"(b) : "cc");
    return larger;
  }

  struct Two {
    std::int32_t first, second;
  };
  struct Terms {
    Two a_zero_and_multiplier, a_half_and_by, b_zero_and_multiplier, b_half_and_by, multiplier_and_half;
    std::int32_t by, sign;
  };

  [[gnu::noinline]] static void add_four_terms(const nn::Int8TermSum& m, const std::int8_t* a, const std::int8_t* b,
                                               std::int8_t* y, std::int32_t count) {
    const Int8Outlet code = Int8Outlet::of(m.scale, m.range);
    const std::int32_t *const a_terms = m.a_terms, *const b_terms = m.b_terms;
    for (const std::int8_t* const end = y + count; y != end; a += 4, b += 4, y += 4) {
      std::uint32_t left, right;
      std::memcpy(&left, a, 4);
      std::memcpy(&right, b, 4);
      const auto at = [&](int shift) { return code(a_terms[left >> shift & 255] + b_terms[right >> shift & 255]); };
      const std::int32_t y0 = at(0), y1 = at(8), y2 = at(16), y3 = at(24);
      y[0] = static_cast<std::int8_t>(y0);
      y[1] = static_cast<std::int8_t>(y1);
      y[2] = static_cast<std::int8_t>(y2);
      y[3] = static_cast<std::int8_t>(y3);
    }
  }

  // 20 instructions a code: SimpleTerm of each, then of twice their sum, with the zero point in its half.
  template <int MoreBits>
  [[gnu::noinline]] static void add_fours(const Terms& all, const std::int8_t* a, const std::int8_t* b, std::int8_t* y,
                                          std::int32_t count) {
    if (count == 0) return;
    const Terms m = all;
    const std::int8_t* const end = y + count;
    const std::uint32_t to_b = reinterpret_cast<std::uintptr_t>(b) - reinterpret_cast<std::uintptr_t>(a) - 4;
    std::uint32_t s0, s1, s2, s3, w, x, h, zero, multiplier, half, by, sign;
    asm volatile(
        "1:\n"
        "ldr %[w], [%[a]], #4\nldrd %[zero], %[m], %[a_zero_m]\nldrd %[half], %[by], %[a_half_by]\n"
        "sxtb %[s0], %[w]\nsxtb %[s1], %[w], ror #8\nsxtb %[s2], %[w], ror #16\nasr %[s3], %[w], #24\n"
        ".irp s, %[s0], %[s1], %[s2], %[s3]\n"
        "rsb \\s, %[zero], \\s, lsl %[shift]\nadd %[h], %[half], \\s, asr #31\nsmmlar \\s, \\s, %[m], %[h]\nasr \\s, %[by]\n"
        ".endr\n"
        "ldr %[w], %[to_b]\nldr %[w], [%[a], %[w]]\n"
        "ldrd %[zero], %[m], %[b_zero_m]\nldrd %[half], %[by], %[b_half_by]\nldr %[sign], %[sign_at]\n"
        ".irp i, 0, 1, 2, 3\n"
        ".if \\i == 0\nsxtb %[x], %[w]\n.else\n.if \\i == 3\nasr %[x], %[w], #24\n.else\nsxtb %[x], %[w], ror #8 * "
        "\\i\n.endif\n.endif\n"
        "rsb %[x], %[zero], %[x], lsl %[shift]\nadd %[h], %[half], %[x], asr #31\nsmmlar %[x], %[x], %[m], %[h]\nasr %[x], "
        "%[by]\n"
        ".if \\i == 0\nmla %[s0], %[x], %[sign], %[s0]\n.endif\n.if \\i == 1\nmla %[s1], %[x], %[sign], %[s1]\n.endif\n"
        ".if \\i == 2\nmla %[s2], %[x], %[sign], %[s2]\n.endif\n.if \\i == 3\nmla %[s3], %[x], %[sign], %[s3]\n.endif\n"
        ".endr\n"
        "ldrd %[m], %[half], %[m_half]\nldr %[by], %[by_at]\n"
        ".irp s, %[s0], %[s1], %[s2], %[s3]\n"
        "add %[h], %[half], \\s, asr #31\nlsl \\s, #1\nsmmlar \\s, \\s, %[m], %[h]\nasr \\s, %[by]\nssat \\s, #8, \\s\n"
        ".endr\n"
        "bfi %[s0], %[s1], #8, #8\nbfi %[s0], %[s2], #16, #8\nbfi %[s0], %[s3], #24, #8\n"
        "str %[s0], [%[y]], #4\nldr %[w], %[end]\ncmp %[y], %[w]\nbne 1b"
        : [a] "+&r"(a), [y] "+&r"(y), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [w] "=&r"(w), [x] "=&r"(x),
          [h] "=&r"(h), [zero] "=&r"(zero), [m] "=&r"(multiplier), [half] "=&r"(half), [by] "=&r"(by), [sign] "=&r"(sign)
        : [a_zero_m] "m"(m.a_zero_and_multiplier), [a_half_by] "m"(m.a_half_and_by), [b_zero_m] "m"(m.b_zero_and_multiplier),
          [b_half_by] "m"(m.b_half_and_by), [m_half] "m"(m.multiplier_and_half), [by_at] "m"(m.by), [sign_at] "m"(m.sign),
          [to_b] "m"(to_b), [end] "m"(end), [shift] "i"(MoreBits + 1)
        : "cc", "memory");
  }
};

}  // namespace target
