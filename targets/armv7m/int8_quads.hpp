// Rows of quantized layers as Cortex-M3 reads them: four at a time, code by code in turn, so that one pointer walks along them.
// One window: 9 instructions for 4 products; two: 14 for 8. Sums become codes by SMLAL, which rounds while it multiplies.
// Armv7-M ARM (DDI 0403), sections A7.7.136 (SMLAL), A7.7.152 (SSAT).
//
// Groups of four rows, one behind the other; those that are missing have weights of 0:
//
//   bias [4]   weight [depth][4]   Int8Outlet [4]
//
// Where all rows share one scale, the outlet stands once, at the end.
#pragma once

#include <cstdint>

#include "../armv7em/int8_outlet.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

#if defined __OPTIMIZE__ && !defined __clang__
inline constexpr bool fourteen_registers = true;  // for one asm
#else
inline constexpr bool fourteen_registers = false;
#endif

struct Int8Quads {
  static constexpr bool one_outlet(const nn::Int8Rows& m) { return m.scale_step == 0; }
  static constexpr std::int32_t all_groups(const nn::Int8Rows& m) {
    return (m.outputs + 3) / 4 * (16 + 4 * m.depth + (one_outlet(m) ? 0 : 48));
  }
  static constexpr std::int32_t bytes(const nn::Int8Rows& m) { return (all_groups(m) + (one_outlet(m) ? 12 : 0) + 15) & ~15; }
  static constexpr bool fits(const nn::Int8Rows& m) {
    if (!m.simple) return false;
    for (std::int32_t o = 0; o < (m.scale_step == 0 ? 1 : m.outputs); ++o)
      if (!Int8Outlet::fits(m.scale[o])) return false;
    return true;
  }

  static constexpr void lay_out(const nn::Int8Rows& m, std::int8_t* to) {
    for (std::int32_t first = 0; first < m.outputs; first += 4)
      to = lay_out_four(m, first, !one_outlet(m), to,
                        [&m](std::int32_t row, std::int32_t i) { return m.weight[row * m.depth + i]; });
    if (one_outlet(m)) outlet(m, 0, to);
  }
  // A group whose weights are weight(row, i); returns the next.
  static constexpr std::int8_t* lay_out_four(const nn::Int8Rows& m, std::int32_t first, bool outlets, std::int8_t* to,
                                             auto weight) {
    for (std::int32_t o = first; o < first + 4; ++o) to = word(to, o < m.outputs ? m.bias[o] : 0);
    for (std::int32_t i = 0; i < m.depth; ++i)
      for (std::int32_t o = first; o < first + 4; ++o) *to++ = o < m.outputs ? weight(o, i) : std::int8_t{0};
    for (std::int32_t o = first; o < first + 4 && outlets; ++o) to = outlet(m, o, to);
    return to;
  }

  [[gnu::noinline]] static void window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* w = m.laid_out;
    const std::uint32_t entry = static_cast<std::uint32_t>(-m.depth & 3) * 36;
    for (std::int32_t left = m.outputs; left > 0; left -= 4) {
      std::uint32_t sum[4];
      w = add(w, x, x + m.depth, entry, sum);
      Outlets outlets{m, w};
      for (std::int32_t r = 0; r < 4; ++r, outlets.next())
        if (r < left) *y++ = code(sum[r], *outlets);
      w = outlets.next_group(w);
    }
  }

  // Of two windows behind each other.
  [[gnu::noinline]] static void two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* w = m.laid_out;
    const std::uint32_t entry = static_cast<std::uint32_t>(-m.depth & 3) * 56;
    for (std::int32_t left = m.outputs; left > 0; left -= 4) {
      std::uint32_t sum[4], next[4];
      w = add_two(w, x, m.depth, entry, sum, next);
      Outlets outlets{m, w};
      for (std::int32_t r = 0; r < 4; ++r, outlets.next()) {
        if (r >= left) continue;
        y[m.outputs] = code(next[r], *outlets);
        *y++ = code(sum[r], *outlets);
      }
      w = outlets.next_group(w);
    }
  }

  // Of the sum of a row.
  static std::int8_t code(std::uint32_t sum, const Int8Outlet& outlet) {
    const std::int32_t twice = static_cast<std::int32_t>(2 * sum);
    const std::int64_t start = std::int64_t{outlet.half_and_zero + (twice >> 31)} * (std::int64_t{1} << 32) + 0x80000000;
    std::int32_t x = static_cast<std::int32_t>((start + std::int64_t{twice} * outlet.multiplier) >> 32) >> outlet.by;
    asm("ssat %0, #8, %0" : "+r"(x)::"cc");
    return static_cast<std::int8_t>(x);
  }

 private:
  static constexpr std::int8_t* word(std::int8_t* to, std::int32_t x) {
    for (int shift = 0; shift < 32; shift += 8) *to++ = static_cast<std::int8_t>(x >> shift);
    return to;
  }
  static constexpr std::int8_t* outlet(const nn::Int8Rows& m, std::int32_t row, std::int8_t* to) {
    const Int8Outlet made = Int8Outlet::of(row < m.outputs ? m.scale[row * m.scale_step] : nn::int8::Scale{0, -1}, m.range);
    return word(word(word(to, made.multiplier), made.half_and_zero), made.by);
  }

  // Of the rows of a group, which stand at its end; or the one of all.
  struct Outlets {
    const Int8Outlet* at;
    std::int32_t step;

    Outlets(const nn::Int8Rows& m, const std::int8_t* group_end)
        : at{reinterpret_cast<const Int8Outlet*>(one_outlet(m) ? m.laid_out + all_groups(m) : group_end)},
          step{one_outlet(m) ? 0 : 1} {}
    const Int8Outlet& operator*() const { return *at; }
    void next() { at += step; }
    const std::int8_t* next_group(const std::int8_t* end) const {
      return step == 0 ? end : reinterpret_cast<const std::int8_t*>(at);
    }
  };

  // The loops have four times the same and are entered where the rest of four is left. Return the outlets.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int8_t* x, const std::int8_t* end,
                                                       std::uint32_t entry, std::uint32_t (&sum)[4]) {
    std::uint32_t s0, s1, s2, s3, a, v;
    asm volatile(
        "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
        "adr %[v], 2f\nadd %[v], %[entry]\nmov pc, %[v]\n"
        ".p2align 2\n"
        "2:\n"
        ".rept 4\n"
        "ldrsb %[a], [%[x]], #1\n"
        ".irp s, %[s0], %[s1], %[s2], %[s3]\n"
        "ldrsb %[v], [%[w]], #1\nmla \\s, %[v], %[a], \\s\n"
        ".endr\n"
        ".endr\n"
        "cmp %[x], %[end]\n"
        "bne 2b"
        : [x] "+r"(x), [w] "+r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [a] "=&r"(a), [v] "=&r"(v)
        : [end] "r"(end), [entry] "r"(entry)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    return w;
  }
  [[gnu::always_inline]] static const std::int8_t* add_two(const std::int8_t* w, const std::int8_t* x, std::int32_t depth,
                                                           std::uint32_t entry, std::uint32_t (&sum)[4],
                                                           std::uint32_t (&next)[4]) {
    const std::int8_t* const end = x + depth;
    std::uint32_t s0, s1, s2, s3, t0, t1, t2, t3, a, b, v;
    asm volatile(
        "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
        "mov %[t0], %[s0]\nmov %[t1], %[s1]\nmov %[t2], %[s2]\nmov %[t3], %[s3]\n"
        "ldr %[a], %[entry]\nadr %[v], 2f\nadd %[v], %[a]\nmov pc, %[v]\n"
        ".p2align 2\n"
        "2:\n"
        ".rept 4\n"
        "ldrsb.w %[b], [%[x], %[depth]]\nldrsb %[a], [%[x]], #1\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s0], %[v], %[a], %[s0]\nmla %[t0], %[v], %[b], %[t0]\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s1], %[v], %[a], %[s1]\nmla %[t1], %[v], %[b], %[t1]\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s2], %[v], %[a], %[s2]\nmla %[t2], %[v], %[b], %[t2]\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s3], %[v], %[a], %[s3]\nmla %[t3], %[v], %[b], %[t3]\n"
        ".endr\n"
        "ldr %[a], %[end]\n"
        "cmp %[x], %[a]\n"
        "bne 2b"
        : [x] "+r"(x), [w] "+r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [t0] "=&r"(t0),
          [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [a] "=&r"(a), [b] "=&r"(b), [v] "=&r"(v)
        : [depth] "r"(depth), [end] "m"(end), [entry] "m"(entry)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    next[0] = t0, next[1] = t1, next[2] = t2, next[3] = t3;
    return w;
  }
};

}  // namespace target
